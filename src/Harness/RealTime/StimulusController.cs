using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Stimuli;

namespace HilRig.Harness.RealTime;

/// <summary>Plays the joints' programs; a joint without one keeps its goal.</summary>
internal sealed class StimulusController : IController
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly JointProgram?[] _programs;
    private readonly double _durationSeconds;

    internal StimulusController(JointProgram?[] programs, double durationSeconds)
    {
        _programs = programs;
        _durationSeconds = durationSeconds;
    }

    /// <inheritdoc/>
    public void Start(JointState measured)
    {
    }

    /// <inheritdoc/>
    public ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command)
    {
        double elapsed = elapsedNanoseconds / NanosecondsPerSecond;
        for (int i = 0; i < _programs.Length; i++)
        {
            if (_programs[i] is { } program)
            {
                command.Position[i] = program.Evaluate(elapsed);
            }
        }

        return elapsed >= _durationSeconds ? ControllerStatus.Done : ControllerStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
