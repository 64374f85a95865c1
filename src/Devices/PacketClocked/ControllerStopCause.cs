using HilRig.Core.Joints;

namespace HilRig.Devices.PacketClocked;

/// <summary>Why a packet-clocked controller stopped.</summary>
public enum ControllerStopCause : byte
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The host asked for it.</summary>
    Requested,

    /// <summary>More packets in a row went unanswered than it allows.</summary>
    AnswersLost,

    /// <summary>A goal was outside a joint's hard limits, or no number.</summary>
    GoalOutOfRange,

    /// <summary>A goal was further from the last than the joint's velocity allows.</summary>
    GoalTooFast,

    /// <summary>A motion began with a goal away from the pose that is held.</summary>
    MotionStart,

    /// <summary>The arm's state is no number, or its drives failed.</summary>
    ArmFailed,
}

/// <summary>What the causes are called elsewhere.</summary>
public static class ControllerStopCauses
{
    /// <summary>The cause as a plant's reason.</summary>
    /// <param name="cause">The controller's cause.</param>
    public static StopReason ToReason(this ControllerStopCause cause) => cause switch
    {
        ControllerStopCause.None => StopReason.None,
        ControllerStopCause.Requested => StopReason.Requested,
        ControllerStopCause.AnswersLost => StopReason.DeadmanExpired,
        ControllerStopCause.GoalOutOfRange => StopReason.IllegalCommand,
        ControllerStopCause.GoalTooFast => StopReason.IllegalCommand,
        ControllerStopCause.MotionStart => StopReason.IllegalCommand,
        ControllerStopCause.ArmFailed => StopReason.ServoError,
    };
}
