using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Core.Ports;

/// <summary>
/// Anything with joints that a control loop can drive: a real arm behind an agent, its simulated
/// twin, a recording. The harness cannot tell which it drives.
/// </summary>
/// <remarks>
/// Order of use: <see cref="Start"/> once (set-up; throws), then per tick <see cref="TryRead"/>
/// until it says <see cref="PlantStatus.NoNewState"/>, then one <see cref="Write"/>;
/// <see cref="Stop"/> on every way out. <see cref="TryRead"/>, <see cref="Write"/> and
/// <see cref="Stop"/> never throw and allocate nothing after warm-up.
/// </remarks>
public interface IPlant : IDisposable
{
    /// <summary>Joints and name.</summary>
    PlantDescription Description { get; }

    /// <summary>
    /// The device's own clock, when the device sets the pace (device-clocked); null when the host
    /// does (host-clocked).
    /// </summary>
    ITickSource? DeviceClock { get; }

    /// <summary>
    /// Arms the plant and measures it. A simulated plant takes <paramref name="initial"/> as its
    /// state when its positions are not NaN; a physical one overwrites it with what it measured.
    /// </summary>
    /// <param name="initial">
    /// In: wanted initial state or NaN. Out: the state the plant starts from.
    /// </param>
    /// <exception cref="Errors.RigException">The plant cannot be armed.</exception>
    void Start(JointState initial);

    /// <summary>Takes the oldest unread state. States come in order, none is skipped.</summary>
    /// <param name="state">
    /// Receives the state when the result is <see cref="PlantStatus.Ok"/>.
    /// </param>
    PlantStatus TryRead(JointState state);

    /// <summary>
    /// Sends the command of one tick. A simulated plant steps from this tick to the next with it.
    /// </summary>
    /// <param name="tick">The tick the command belongs to.</param>
    /// <param name="command">The command; the plant copies what it needs.</param>
    PlantStatus Write(in Tick tick, JointCommand command);

    /// <summary>
    /// Brings the plant to its safe posture and latches. May be called more than once.
    /// </summary>
    /// <param name="reason">Why, for the record.</param>
    PlantStatus Stop(StopReason reason);
}
