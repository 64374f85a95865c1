namespace HilRig.Bridge.Security.Gate;

/// <summary>What becomes of a peer's frame.</summary>
internal enum FrameFate
{
    /// <summary>It goes on to the bridge, as it is.</summary>
    Forward,

    /// <summary>It goes nowhere, and is counted.</summary>
    Drop,

    /// <summary>Its peer is closed.</summary>
    Close,
}
