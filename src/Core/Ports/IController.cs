using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Core.Ports;

/// <summary>
/// Computes commands from states: a scripted stimulus, an ONNX policy, a person's device.
/// </summary>
public interface IController : IDisposable
{
    /// <summary>
    /// Called once before the first tick of a run, outside the loop; may allocate.
    /// </summary>
    /// <param name="measured">The state the plant starts from.</param>
    void Start(JointState measured);

    /// <summary>
    /// Writes goals and torque flags of one tick into <paramref name="command"/>. Never throws,
    /// allocates nothing after warm-up.
    /// </summary>
    /// <param name="tick">The tick.</param>
    /// <param name="elapsedNanoseconds">
    /// Time since the run's measured phase began; negative before it.
    /// </param>
    /// <param name="measured">The newest measured state.</param>
    /// <param name="command">In: the previous command. Out: this tick's.</param>
    ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command);
}
