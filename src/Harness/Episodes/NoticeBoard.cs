using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes;

/// <summary>Hands each notice to the recording and to every view.</summary>
internal sealed class NoticeBoard(ITelemetrySink sink, IReadOnlyList<ISessionView> views)
{
    private string _policySha256 = "";

    /// <summary>Posts a notice.</summary>
    /// <param name="notice">What happened.</param>
    internal void Post(SessionNotice notice)
    {
        Record(notice);
        foreach (ISessionView view in views)
        {
            view.Show(notice);
        }
    }

    // A step has a topic of its own: it is data, no remark.
    private void Record(SessionNotice notice)
    {
        if (notice is not StepSeen step)
        {
            _policySha256 = notice is EpisodeBegan began ? began.PolicySha256 : _policySha256;
            sink.AppendEvent(notice.InstantNanoseconds, notice.Kind, notice.Text);
            return;
        }

        sink.AppendStep(new PolicyStep(
            step.InstantNanoseconds,
            step.StepIndex,
            step.Answer.Proposer,
            step.Answer.ReinforcementValue,
            step.Answer.ImitationValue,
            step.Answer.Flags,
            step.PolicyNanoseconds,
            _policySha256));
    }

    /// <summary>Posts a note.</summary>
    /// <param name="now">When, ns.</param>
    /// <param name="sentence">What it is about.</param>
    internal void Note(long now, string sentence) => Post(new Remark(now, "note", sentence));
}
