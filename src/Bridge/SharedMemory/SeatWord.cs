namespace HilRig.Bridge.SharedMemory;

/// <summary>Words of a seat, counted in 8 bytes.</summary>
internal static class SeatWord
{
    /// <summary>These fields in words, for the hash of the layout.</summary>
    public const string Text = "holder 0, start 1, beat 2, hello bytes 3, hello id 4, "
        + "departure 5; agent: answer kind 16, bytes 17, hello id 18, session 19; "
        + "requests 32 + 8 kind: session, token, reason, check, id; answers 112 + 2 kind: "
        + "status, id";

    /// <summary>
    /// Process id of the peer in the seat; its negative while the peer tidies it; 0 for a free
    /// seat.
    /// </summary>
    public const int Holder = 0;

    /// <summary>When that process started; 0 before it says so.</summary>
    public const int HolderStart = 1;

    /// <summary>Changes while the peer is alive.</summary>
    public const int Beat = 2;

    /// <summary>Bytes of the introduction in the mailbox.</summary>
    public const int HelloBytes = 3;

    /// <summary>Number of the introduction; written last.</summary>
    public const int HelloId = 4;

    /// <summary>Not 0 once the peer leaves: the agent frees the seat.</summary>
    public const int Departure = 5;

    /// <summary>What the answer is: Welcome or Refusal.</summary>
    public const int AnswerKind = 16;

    /// <summary>Bytes of the answer in the mailbox.</summary>
    public const int AnswerBytes = 17;

    /// <summary>Number of the introduction that is answered; written last.</summary>
    public const int AnswerId = 18;

    /// <summary>The session the agent knows this seat by; 0 for none.</summary>
    public const int Session = 19;

    /// <summary>First word of the requests, 8 words a kind.</summary>
    public const int Requests = 32;

    /// <summary>Words from one kind of request to the next.</summary>
    public const int RequestStride = 8;

    /// <summary>First word of the answers, 2 words a kind.</summary>
    public const int Acks = 112;

    /// <summary>Words from one kind of answer to the next.</summary>
    public const int AckStride = 2;

    /// <summary>Kinds of requests there is room for.</summary>
    public const int KindCount = 8;

    /// <summary>Where the command slot begins in a seat, bytes.</summary>
    public const int CommandOffset = 1024;
}
