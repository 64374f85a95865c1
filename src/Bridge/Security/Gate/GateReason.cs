namespace HilRig.Bridge.Security.Gate;

/// <summary>Why the gate closed a connection or dropped a frame.</summary>
public enum GateReason
{
    /// <summary>No reason: all is well.</summary>
    None,

    /// <summary>The peer ended the connection.</summary>
    PeerLeft,

    /// <summary>The gate ends.</summary>
    GateClosed,

    /// <summary>The address connects too often.</summary>
    AcceptRate,

    /// <summary>Too many connections that have not proved a key yet.</summary>
    PendingCap,

    /// <summary>Too many connections in all.</summary>
    ConnectionCap,

    /// <summary>Too many connections of one key.</summary>
    KeyCap,

    /// <summary>TLS or ZMTP took longer than the hand-shake may take.</summary>
    HandshakeTimeout,

    /// <summary>No TLS 1.3, or no agreement on it.</summary>
    TlsFailed,

    /// <summary>The peer has no certificate.</summary>
    NoCertificate,

    /// <summary>The peer's key is not in the allow-list.</summary>
    UnknownKey,

    /// <summary>The key was removed from the allow-list, or its role changed.</summary>
    Revoked,

    /// <summary>The ALPN name is none of ours.</summary>
    UnknownStream,

    /// <summary>Nobody serves this stream here.</summary>
    UnservedStream,

    /// <summary>A TLS record was changed on its way, or is no record.</summary>
    TamperedRecord,

    /// <summary>The greeting is no ZMTP, or older than 3.0.</summary>
    OldGreeting,

    /// <summary>A ZMTP mechanism other than NULL.</summary>
    Mechanism,

    /// <summary>A ZeroMQ socket type that this stream does not talk to.</summary>
    SocketType,

    /// <summary>A ZMTP command that breaks the format, or one of no use here.</summary>
    MalformedCommand,

    /// <summary>ZMTP flags that mean nothing.</summary>
    MalformedFrame,

    /// <summary>A frame that claims more bytes than are taken.</summary>
    OversizedFrame,

    /// <summary>A message of several frames.</summary>
    MultiPart,

    /// <summary>More frames a second than any honest peer sends.</summary>
    FrameRate,

    /// <summary>A message kind that peers do not send.</summary>
    UnknownKind,

    /// <summary>A message that does not decode.</summary>
    MalformedMessage,

    /// <summary>A message that the key's role does not allow.</summary>
    RoleDenied,

    /// <summary>A session that was not opened on this connection.</summary>
    ForeignSession,

    /// <summary>The peer sent nothing for too long.</summary>
    Idle,

    /// <summary>The peer does not read what it is sent.</summary>
    SlowReader,

    /// <summary>The bridge behind the gate is gone or does not read.</summary>
    BridgeLost,

    /// <summary>An error that nobody foresaw; a bug, but of this connection only.</summary>
    Unforeseen,
}
