using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// Says what a test tells her to. When she is diligent she sets each scene and confirms at once.
/// </summary>
internal sealed class SpokenOperator(ISceneHands? hands) : IOperatorInput, ISessionView
{
    private readonly Queue<OperatorEntry> _words = new();
    private double[] _places = [];

    public string Name => "ann";

    public bool IsDiligent { get; set; } = true;

    /// <summary>Is shown every notice, after her own doing.</summary>
    public Action<SessionNotice>? Seen { get; set; }

    public List<SessionNotice> Notices { get; } = [];

    public bool TryTake(out OperatorEntry entry) => _words.TryDequeue(out entry);

    public void Say(OperatorKey key, long? index = null, string text = "") =>
        _words.Enqueue(new OperatorEntry(key, index, text));

    public void Show(SessionNotice notice)
    {
        Notices.Add(notice);
        switch (notice)
        {
            case StartCard card:
                _places = [.. card.Objects];
                break;
            case PhaseEntered { Phase: ResetPhase.Confirm } when IsDiligent:
                hands?.Place(_places);
                Say(OperatorKey.Confirm);
                break;
        }

        Seen?.Invoke(notice);
    }
}
