namespace HilRig.Bridge.Tests;

/// <summary>The lanes whose behaviour must be the same.</summary>
public enum Lane
{
    SharedMemory,
    ZeroMq,
}
