using HilRig.Core.Episodes;
using HilRig.Core.Telemetry;

namespace HilRig.Recording.Ticks;

/// <summary>Provenance of a step as a message.</summary>
internal static class PolicyStepCodec
{
    /// <summary>Writes a step into a message.</summary>
    /// <param name="step">The step.</param>
    /// <param name="into">Receives it.</param>
    public static void Encode(in PolicyStep step, Protos.PolicyStep into)
    {
        into.InstantNanoseconds = step.InstantNanoseconds;
        into.StepIndex = (uint)step.StepIndex;
        into.Proposer = (Protos.StepProposer)step.Proposer;
        into.ReinforcementValue = step.ReinforcementValue;
        into.ImitationValue = step.ImitationValue;
        into.Clipped = (step.Flags & StepFlags.Clipped) != 0;
        into.Capped = (step.Flags & StepFlags.Capped) != 0;
        into.Locked = (step.Flags & StepFlags.Locked) != 0;
        into.CriticsDisagreed = (step.Flags & StepFlags.CriticsDisagreed) != 0;
        into.ValueOutOfRange = (step.Flags & StepFlags.ValueOutOfRange) != 0;
        into.PolicyNanoseconds = step.PolicyNanoseconds;
        into.PolicySha256 = step.PolicySha256;
    }

    /// <summary>Reads a step from a message.</summary>
    /// <param name="message">The message.</param>
    public static PolicyStep Decode(Protos.PolicyStep message) => new(
        message.InstantNanoseconds,
        (int)message.StepIndex,
        (Proposer)message.Proposer,
        message.ReinforcementValue,
        message.ImitationValue,
        (message.Clipped ? StepFlags.Clipped : 0)
            | (message.Capped ? StepFlags.Capped : 0)
            | (message.Locked ? StepFlags.Locked : 0)
            | (message.CriticsDisagreed ? StepFlags.CriticsDisagreed : 0)
            | (message.ValueOutOfRange ? StepFlags.ValueOutOfRange : 0),
        message.PolicyNanoseconds,
        message.PolicySha256);
}
