namespace HilRig.Bridge.Isaac;

/// <summary>
/// The two wires of Isaac Sim's ZeroMQ bridges. They share port numbers and nothing else, so the
/// user says which; nothing guesses.
/// </summary>
public enum IsaacGeneration
{
    /// <summary>IsaacSimZMQ, the repository: PUSH and PULL, one port a stream.</summary>
    One = 1,

    /// <summary>
    /// The bridge that current Isaac Sim ships: two-frame messages with a topic. Known from its
    /// documentation only.
    /// </summary>
    Two = 2,
}
