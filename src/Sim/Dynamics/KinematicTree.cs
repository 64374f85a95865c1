using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Who carries whom: trees, moving bodies and subtrees of degrees of freedom. As bodies come depth
/// first, the dofs below one follow it without a gap.
/// </summary>
internal sealed class KinematicTree
{
    private readonly Model _model;
    private readonly int[] _root;
    private readonly bool[] _moves;
    private readonly bool[] _treeMoves;
    private readonly int[] _lastDof; // of the body or the nearest above it that has one
    private readonly int[] _jointOfDof;
    private readonly int[] _parentOfDof;
    private readonly int[] _lastBelow;

    public KinematicTree(Model model)
    {
        _model = model;
        int bodyCount = model.Bodies.Count;
        _root = new int[bodyCount];
        _moves = new bool[bodyCount];
        _treeMoves = new bool[bodyCount];
        _lastDof = new int[bodyCount];
        _jointOfDof = new int[model.DofCount];
        _parentOfDof = new int[model.DofCount];
        _lastBelow = new int[model.DofCount];
        _lastDof[0] = -1;
        for (int body = 1; body < bodyCount; body++)
        {
            int parent = model.Bodies[body].Parent;
            _root[body] = parent == 0 ? body : _root[parent];
            _moves[body] = _moves[parent] || model.Bodies[body].JointCount > 0;
            _treeMoves[_root[body]] |= _moves[body];
            _lastDof[body] = _lastDof[parent];
            AddDofs(body);
        }

        for (int dof = model.DofCount - 1; dof >= 0; dof--)
        {
            _lastBelow[dof] = Math.Max(_lastBelow[dof], dof);
            int above = _parentOfDof[dof];
            if (above >= 0)
            {
                _lastBelow[above] = Math.Max(_lastBelow[above], _lastBelow[dof]);
            }
        }
    }

    /// <summary>Body below the world that this one's tree begins with.</summary>
    public int Root(int body) => _root[body];

    /// <summary>Whether a joint is at this body or above it.</summary>
    public bool Moves(int body) => _moves[body];

    /// <summary>Nearest body above that moves, or the world.</summary>
    public int Carrier(int body) =>
        body > 0 && _moves[_model.Bodies[body].Parent] ? _model.Bodies[body].Parent : 0;

    /// <summary>What the body's frame starts from.</summary>
    public BodyPlacement Placement(int body)
    {
        if (_root[body] != body || body == 0)
        {
            return BodyPlacement.InParent;
        }

        ModelBody root = _model.Bodies[body];
        bool free = root.JointCount > 0
            && _model.Joints[root.FirstJoint].Type == JointType.Free;
        return free
            ? BodyPlacement.FreeRoot
            : _treeMoves[body] ? BodyPlacement.TreeRoot : BodyPlacement.StaticRoot;
    }

    /// <summary>
    /// Whether the body's only joint is free and no body below it has a joint or mass.
    /// </summary>
    public bool FloatsAlone(int body) => Placement(body) == BodyPlacement.FreeRoot
        && _model.Bodies[body].JointCount == 1
        && Enumerable.Range(1, _model.Bodies.Count - 1).All(
            other => other == body || _root[other] != body
                || (_model.Bodies[other].JointCount == 0 && _model.Bodies[other].Mass == 0));

    /// <summary>First dof of the body's joints; 0 when it has none.</summary>
    public int FirstDof(int body) => _model.Bodies[body].JointCount == 0
        ? 0
        : _model.Joints[_model.Bodies[body].FirstJoint].DofAddress;

    /// <summary>Last dof at or above the body, or -1.</summary>
    public int LastDof(int body) => _lastDof[body];

    /// <summary>Number of dofs of the body's joints.</summary>
    public int BodyDofCount(int body) => Enumerable
        .Range(_model.Bodies[body].FirstJoint, _model.Bodies[body].JointCount)
        .Sum(joint => _model.Joints[joint].Type.DofCount());

    /// <summary>All dofs that move a body, from the root outwards.</summary>
    public IReadOnlyList<int> Chain(int body)
    {
        var dofs = new List<int>();
        for (int dof = _lastDof[body]; dof >= 0; dof = _parentOfDof[dof])
        {
            dofs.Add(dof);
        }

        dofs.Reverse();
        return dofs;
    }

    /// <summary>Joint of a dof.</summary>
    public int Joint(int dof) => _jointOfDof[dof];

    /// <summary>Dof whose motion is next above; -1 at the root.</summary>
    public int DofParent(int dof) => _parentOfDof[dof];

    /// <summary>Last dof at or below this one.</summary>
    public int LastBelow(int dof) => _lastBelow[dof];

    private void AddDofs(int body)
    {
        ModelBody owner = _model.Bodies[body];
        for (int joint = owner.FirstJoint; joint < owner.FirstJoint + owner.JointCount; joint++)
        {
            ModelJoint added = _model.Joints[joint];
            for (int k = 0; k < added.Type.DofCount(); k++)
            {
                int dof = added.DofAddress + k;
                _jointOfDof[dof] = joint;
                _parentOfDof[dof] = _lastDof[body];
                _lastDof[body] = dof;
            }
        }
    }
}
