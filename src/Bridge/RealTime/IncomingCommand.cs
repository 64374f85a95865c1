using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.RealTime;

/// <summary>A decoded command on its way from the socket thread to the real-time thread.</summary>
/// <param name="dofCount">Number of joints.</param>
internal sealed class IncomingCommand(int dofCount)
{
    /// <summary>The command.</summary>
    public JointCommand Command { get; } = new(dofCount);

    /// <summary>Who sent it and when.</summary>
    public CommandEnvelope Envelope { get; set; }
}
