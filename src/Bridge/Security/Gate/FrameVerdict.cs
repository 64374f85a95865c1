using Google.Protobuf;
using HilRig.Bridge.Protos;

namespace HilRig.Bridge.Security.Gate;

/// <summary>The judgement of one frame.</summary>
/// <param name="Fate">What becomes of it.</param>
/// <param name="Reason">Why, if it is not forwarded.</param>
/// <param name="AnswerKind">Kind of the answer that the gate itself gives.</param>
/// <param name="Answer">That answer; null for none.</param>
internal readonly record struct FrameVerdict(
    FrameFate Fate,
    GateReason Reason = GateReason.None,
    MessageKind AnswerKind = MessageKind.Unspecified,
    IMessage? Answer = null)
{
    /// <summary>Goes on.</summary>
    public static FrameVerdict Forward => new(FrameFate.Forward);

    /// <summary>Closes the peer.</summary>
    /// <param name="reason">Why.</param>
    public static FrameVerdict Close(GateReason reason) => new(FrameFate.Close, reason);
}
