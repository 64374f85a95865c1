using HilRig.Core.Ports;

namespace HilRig.Harness.Tests.Support;

/// <summary>A block that hands put somewhere and a sensor sees, always fresh.</summary>
internal sealed class BlockScene(FakeClock clock) : ISceneSensor, ISceneHands
{
    private double _place;

    public IReadOnlyList<string> Joints { get; } = ["block"];

    public SceneStatus Status { get; set; } = SceneStatus.Ok;

    public long AgeNanoseconds { get; set; }

    public int PlacementCount { get; private set; }

    public SceneStatus TryRead(Span<double> position, out long sampledNanoseconds)
    {
        sampledNanoseconds = clock.LastNanoseconds - AgeNanoseconds;
        position[0] = _place;
        return Status;
    }

    public void Place(ReadOnlySpan<double> position)
    {
        PlacementCount++;
        _place = position[0];
    }
}
