namespace HilRig.Devices.PacketClocked;

/// <summary>What can happen on a packet-clocked controller.</summary>
public enum ControllerEventKind
{
    /// <summary>A host was taken.</summary>
    Connected,

    /// <summary>A motion began.</summary>
    MotionBegan,

    /// <summary>States went unanswered; Value is how many in a row, known at the end.</summary>
    AnswersMissed,

    /// <summary>
    /// Noted with a stop for lost answers: the stamp is when the last answer had arrived.
    /// </summary>
    LastAnswer,

    /// <summary>It stopped; Value is the number of the <see cref="ControllerStopCause"/>.</summary>
    Stopped,

    /// <summary>
    /// After a stop no joint moves any more. The stamp is that of the first cycle at rest.
    /// </summary>
    AtRest,

    /// <summary>A person re-armed it.</summary>
    Rearmed,

    /// <summary>
    /// The controller itself was late; Value is how many cycles it left out. The host is not to
    /// blame.
    /// </summary>
    Overrun,
}
