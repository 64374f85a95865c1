namespace HilRig.Bridge.Learner;

/// <summary>Whether the other end is there.</summary>
public enum LearnerPresence
{
    /// <summary>Nobody has come yet.</summary>
    Awaited,

    /// <summary>It is there.</summary>
    Present,

    /// <summary>It was there and has been silent for longer than the limit.</summary>
    Lost,

    /// <summary>It came and does not fit; see the reason.</summary>
    Rejected,
}
