using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Harness.Episodes;

/// <summary>Hands each notice to the recording and to every view.</summary>
internal sealed class NoticeBoard(ITelemetrySink sink, IReadOnlyList<ISessionView> views)
{
    /// <summary>Posts a notice.</summary>
    /// <param name="notice">What happened.</param>
    internal void Post(SessionNotice notice)
    {
        sink.AppendEvent(notice.InstantNanoseconds, notice.Kind, notice.Text);
        foreach (ISessionView view in views)
        {
            view.Show(notice);
        }
    }

    /// <summary>Posts a note.</summary>
    /// <param name="now">When, ns.</param>
    /// <param name="sentence">What it is about.</param>
    internal void Note(long now, string sentence) => Post(new Remark(now, "note", sentence));
}
