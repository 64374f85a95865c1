namespace HilRig.Core.Ports;

/// <summary>What an operator can say in a session of episodes.</summary>
public enum OperatorKey
{
    /// <summary>The scene is as the card says, and I am out of the arm's reach.</summary>
    Confirm,

    /// <summary>The episode is a success.</summary>
    Success,

    /// <summary>The episode is a failure.</summary>
    Failure,

    /// <summary>The episode counts for nothing.</summary>
    Discard,

    /// <summary>Discard the episode and do its start again.</summary>
    Rerecord,

    /// <summary>Take my last verdict back.</summary>
    Undo,

    /// <summary>End the running episode here; its verdict follows.</summary>
    EndEpisode,

    /// <summary>The arm stands still until it is told otherwise.</summary>
    Pause,

    /// <summary>My hand moves the arm in place of the policy.</summary>
    Correct,

    /// <summary>The policy moves the arm.</summary>
    Auto,

    /// <summary>Do the reset again from its beginning.</summary>
    Retry,

    /// <summary>Leave this start out and go on with the next.</summary>
    Skip,

    /// <summary>The rig is broken: stop it and end the session.</summary>
    BrokenRig,

    /// <summary>End the session in good order.</summary>
    Quit,

    /// <summary>Something that is no word of this list; see the entry's text.</summary>
    Unknown,
}
