namespace HilRig.Recording.Ticks;

/// <summary>Topics of a HilRig recording.</summary>
public static class RecordingTopics
{
    /// <summary>hilrig.recording.v1.Tick: everything known of each tick.</summary>
    public const string Tick = "/hilrig/tick";

    /// <summary>hilrig.recording.v1.Event: dated remarks.</summary>
    public const string Event = "/hilrig/event";

    /// <summary>hilrig.recording.v1.PolicyStep: whose action each step of an episode was.</summary>
    public const string Step = "/hilrig/step";

    /// <summary>foxglove.Log: the same remarks, for viewers.</summary>
    public const string Log = "/log";

    /// <summary>foxglove.JointStates: the real arm.</summary>
    public const string RealJointStates = "/real/joint_states";

    /// <summary>foxglove.JointStates: the twin.</summary>
    public const string TwinJointStates = "/twin/joint_states";

    /// <summary>foxglove.JointStates: the command.</summary>
    public const string CommandJointStates = "/command/joint_states";
}
