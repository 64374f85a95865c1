namespace HilRig.Core.Sessions;

/// <summary>Names the one peer that may command an agent right now.</summary>
/// <param name="SessionId">Random id of the session, made in the handshake; 0 for none.</param>
/// <param name="OwnerToken">
/// Fencing token; grows with every change of owner, so an old owner is refused.
/// </param>
public readonly record struct SessionKey(ulong SessionId, ulong OwnerToken);
