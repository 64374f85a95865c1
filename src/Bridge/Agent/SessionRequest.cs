using HilRig.Bridge.Protos;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Agent;

/// <summary>What a session asks for, whichever lane it came by.</summary>
/// <param name="Key">Session and token it claims.</param>
/// <param name="Id">Grows within the session.</param>
/// <param name="Kind">What.</param>
/// <param name="Reason">Why, for a stop.</param>
internal readonly record struct SessionRequest(
    SessionKey Key, ulong Id, RequestKind Kind, StopReason Reason);
