using HilRig.Sim.Batch;
using HilRig.Sim.Batch.Cpu;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Plans;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Sixteen envs of one model, each with one direction along which its state is differentiated while
/// it steps: Jacobian times vector, of as many steps as are taken, in floats. Constraint solves are
/// differentiated at their solution, kinks on the piece the state is in. Parameters of the model
/// are held. Allocates nothing after construction.
/// </summary>
public sealed unsafe class TangentSimulation : IDisposable
{
    private readonly SharedModel<float> _model;
    private readonly AlignedBlock<Dual<L16>> _work;
    private readonly AlignedBlock<int> _indices;
    private readonly AlignedBlock<L16> _scratch;
    private readonly CompiledPlan? _plan;
    private readonly Layout _at;

    /// <summary>Puts every env at a model's reference position, all directions 0.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="isCompiled">
    /// Whether the step is compiled for the model, which takes some tenths of a second; results are
    /// the same.
    /// </param>
    public TangentSimulation(Model model, bool isCompiled = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        var packed = new PackedModel(model);
        _at = packed.At;
        _model = new(packed);
        _work = new(_at.WorkCount);
        _indices = new(Math.Max(1, _at.IndexCount));
        _plan = isCompiled ? PlanCompiler<L16, float>.CompileTangent(packed) : null;
        _scratch = new(_plan?.ScratchCount ?? 0);
        Load(new StepInput(model));
    }

    /// <summary>Number of envs.</summary>
    public static int EnvCount => L16.LaneCount;

    private Env<
        Dual<L16>,
        PointerWorkMem<Dual<L16>>,
        SharedDualMem<L16, float>,
        PointerIndexMem> Env => new(
            new(_work.First, _indices.First),
            new(_model.Constants.First),
            new(_model.Topology.First, _model.Assets.First),
            _at);

    /// <summary>Puts every env at the beginning of a step, all directions 0.</summary>
    /// <param name="input">State, controls and forces of all envs.</param>
    public void Load(StepInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        new Span<Dual<L16>>(_work.First, _at.WorkCount).Clear();
        Write(input.Position, _at.Position);
        Write(input.Velocity, _at.Velocity);
        Write(input.Activation, _at.Activation);
        Write(input.Control, _at.Control);
        Write(input.AppliedForce, _at.Applied);
        for (int actuator = 0; actuator < _at.ActuatorCount; actuator++)
        {
            _work.First[_at.Enabled + actuator] = Dual<L16>.Of(1);
        }
    }

    /// <summary>Sets a position (qpos) of an env and its derivative.</summary>
    /// <param name="env">The env.</param>
    /// <param name="index">Index in qpos.</param>
    /// <param name="value">m or rad; of a quaternion, a number of one of unit length.</param>
    /// <param name="tangent">Its derivative along the env's direction.</param>
    public void SetPosition(int env, int index, double value, double tangent) =>
        Set(env, _at.Position, index, _at.PositionCount, value, tangent);

    /// <summary>Sets a velocity of an env, m/s or rad/s, and its derivative.</summary>
    public void SetVelocity(int env, int dof, double value, double tangent) =>
        Set(env, _at.Velocity, dof, _at.DofCount, value, tangent);

    /// <summary>Sets a control of an env and its derivative.</summary>
    public void SetControl(int env, int actuator, double value, double tangent) =>
        Set(env, _at.Control, actuator, _at.ActuatorCount, value, tangent);

    /// <summary>A position (qpos) of an env, m or rad, and its derivative.</summary>
    public (double Value, double Tangent) Position(int env, int index) =>
        Get(env, _at.Position, index, _at.PositionCount);

    /// <summary>A velocity of an env, m/s or rad/s, and its derivative.</summary>
    public (double Value, double Tangent) Velocity(int env, int dof) =>
        Get(env, _at.Velocity, dof, _at.DofCount);

    /// <summary>Takes steps of the model's time step.</summary>
    /// <param name="count">How many.</param>
    public void Step(int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            StepOnce();
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _work.Dispose();
        _indices.Dispose();
        _scratch.Dispose();
    }

    private void StepOnce()
    {
        if (_plan is null
            || !_plan.Run(
                (nint)_work.First, (nint)_model.Constants.First, (nint)_scratch.First))
        {
            CpuDynamics<
                Dual<L16>,
                PointerWorkMem<Dual<L16>>,
                SharedDualMem<L16, float>,
                PointerIndexMem>.Step(Env);
        }
        else if (_plan.Scope == PlanScope.Smooth)
        {
            CpuDynamics<
                Dual<L16>,
                PointerWorkMem<Dual<L16>>,
                SharedDualMem<L16, float>,
                PointerIndexMem>.Finish(Env);
        }
    }

    private void Write(double[] values, int first)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _work.First[first + i] = Dual<L16>.Of(values[i]);
        }
    }

    private void Set(int env, int first, int index, int count, double value, double tangent)
    {
        float* lanes = Lanes(env, first, index, count);
        lanes[0] = (float)value;
        lanes[L16.LaneCount] = (float)tangent;
    }

    private (double Value, double Tangent) Get(int env, int first, int index, int count)
    {
        float* lanes = Lanes(env, first, index, count);
        return (lanes[0], lanes[L16.LaneCount]);
    }

    private float* Lanes(int env, int first, int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(env);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(env, EnvCount);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return (float*)(_work.First + first + index) + env;
    }
}
