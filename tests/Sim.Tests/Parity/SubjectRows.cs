using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;
using EnvMemory =
    HilRig.Sim.Dynamics.Env<
        HilRig.Sim.Scalars.F64,
        HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
        HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
        HilRig.Sim.Memory.PointerIndexMem>;
using Phases = HilRig.Sim.Dynamics.Kernels.BlockPhases<
    HilRig.Sim.Scalars.F64,
    HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
    HilRig.Sim.Memory.PointerIndexMem>;

namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Constraint rows of the last call as MuJoCo would list them: those of single dofs, those of
/// blocks, pyramids as their edges. Positions are not kept and are NaN.
/// </summary>
internal sealed class SubjectRows
{
    private readonly List<ParityRow> _rows = [];
    private readonly Simulation _simulation;
    private readonly EnvMemory _memory;
    private readonly Model _model;
    private readonly double[] _acceleration;

    private SubjectRows(Simulation simulation)
    {
        _simulation = simulation;
        _memory = simulation.Memory;
        _model = simulation.Model;
        _acceleration = simulation.Acceleration.ToArray();
    }

    public static ParityRow[] Read(Simulation simulation)
    {
        var rows = new SubjectRows(simulation);
        for (int joint = 0; joint < simulation.Model.Joints.Count; joint++)
        {
            rows.AddDofs(joint);
        }

        IReadOnlyList<ModelBlock> blocks = ModelBlock.Of(simulation.Model);
        for (int index = 0; index < Phases.Count(rows._memory); index++)
        {
            rows.AddBlock(
                Phases.Read(rows._memory, index),
                index < blocks.Count ? blocks[index] : null,
                index - blocks.Count);
        }

        return [.. rows._rows];
    }

    private double Work(int slot) => _simulation.Work[slot];

    private void AddDofs(int index)
    {
        ModelJoint joint = _model.Joints[index];
        for (int dof = joint.DofAddress; dof < joint.DofAddress + joint.Type.DofCount(); dof++)
        {
            for (int side = 0; side < Layout.RowsPerDof; side++)
            {
                int slot = (Layout.RowsPerDof * dof) + side;
                double weight = Work(_memory.At.RowWeight + slot);
                if (weight != 0)
                {
                    var jacobian = new double[_model.DofCount];
                    jacobian[dof] = side == LimitSide.Upper ? -1 : 1;
                    bool friction = side is not (LimitSide.Lower or LimitSide.Upper);
                    Add(
                        friction ? ParityRowKind.DofFriction : ParityRowKind.JointLimit,
                        friction ? dof : index,
                        weight,
                        Work(_memory.At.RowReference + slot),
                        friction ? joint.FrictionLoss : 0,
                        jacobian);
                }
            }
        }
    }

    private void AddBlock(in Block block, ModelBlock? source, int contact)
    {
        if (Work(block.Weight) == 0)
        {
            return;
        }

        ParityRowKind kind = source is null ? ContactKind(block) : KindOf(source.Source);
        int id = source?.Index ?? contact;
        double loss = source?.Source == BlockSource.TendonFriction
            ? _model.Tendons[id].FrictionLoss
            : 0;
        double[][] rows = [.. Jacobian(block)];
        if (kind != ParityRowKind.PyramidalContact)
        {
            for (int row = 0; row < block.Dimension; row++)
            {
                Add(
                    kind,
                    id,
                    Work(block.Weight + row),
                    Work(block.Reference + row),
                    loss,
                    rows[row]);
            }

            return;
        }

        for (int row = 1; row < block.Dimension; row++)
        {
            double friction = _simulation.Constants[block.Parameters + row - 1];
            foreach (double sign in (double[])[friction, -friction])
            {
                double[] edge = [.. rows[0].Zip(rows[row], (n, t) => n + (sign * t))];
                double reference = Work(block.Reference) + (sign * Work(block.Reference + row));
                Add(kind, id, Work(block.Weight), reference, 0, edge);
            }
        }
    }

    private IEnumerable<double[]> Jacobian(Block block)
    {
        for (int row = 0; row < block.Dimension; row++)
        {
            var jacobian = new double[_model.DofCount];
            for (int k = 0; k < block.DofCount; k++)
            {
                jacobian[_memory.Topology.Get(block.Dofs + k)] =
                    Work(block.Jacobian + (k * block.Dimension) + row);
            }

            yield return jacobian;
        }
    }

    // The force of a scalar row follows from its residual; that of a cone is left out.
    private void Add(
        ParityRowKind kind, int id, double weight, double reference, double loss, double[] jacobian)
    {
        double residual = -reference;
        for (int dof = 0; dof < jacobian.Length; dof++)
        {
            residual += jacobian[dof] * _acceleration[dof];
        }

        double push = -weight * residual;
        _rows.Add(new ParityRow
        {
            Kind = kind,
            Id = id,
            Position = double.NaN,
            Margin = double.NaN,
            Weight = weight,
            Reference = reference,
            FrictionLoss = loss,
            Jacobian = jacobian,
            Force = kind switch
            {
                ParityRowKind.Equality => push,
                ParityRowKind.DofFriction or ParityRowKind.TendonFriction =>
                    Math.Clamp(push, -loss, loss),
                ParityRowKind.EllipticContact => double.NaN,
                _ => Math.Max(0, push),
            },
        });
    }

    private static ParityRowKind ContactKind(in Block block) => (CostShape)block.Shape switch
    {
        CostShape.Pyramid => ParityRowKind.PyramidalContact,
        CostShape.Cone => ParityRowKind.EllipticContact,
        _ => ParityRowKind.FrictionlessContact,
    };

    private static ParityRowKind KindOf(BlockSource source) => source switch
    {
        BlockSource.Connect or BlockSource.Weld => ParityRowKind.Equality,
        BlockSource.JointCoupling or BlockSource.TendonCoupling => ParityRowKind.Equality,
        BlockSource.TendonFriction => ParityRowKind.TendonFriction,
        BlockSource.BallLimit => ParityRowKind.JointLimit,
        _ => ParityRowKind.TendonLimit,
    };
}
