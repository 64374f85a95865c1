using HilRig.Core.RealTime;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Agent;

/// <summary>Decides whether a peer's introduction fits this agent. Pure.</summary>
internal static class HandshakeRules
{
    /// <summary>Checks an introduction.</summary>
    /// <param name="hello">What the peer says.</param>
    /// <param name="agent">What we are.</param>
    /// <returns>Null when it fits, else the first reason against it, in words.</returns>
    public static Refusal? Check(Hello hello, AgentBridgeOptions agent)
    {
        if (hello.ProtocolMajor != WireSchema.Major)
        {
            return Refuse(
                RefusalReason.Version,
                "host and agent speak different versions of the protocol",
                $"protocol {WireSchema.Major}.{WireSchema.Minor} (agent, {WireSchema.Software})",
                $"protocol {hello.ProtocolMajor}.{hello.ProtocolMinor} (host, {hello.Software})",
                "install the same HilRig version on both sides and restart the agent");
        }

        if (!hello.SchemaSha256.Span.SequenceEqual(WireSchema.Sha256))
        {
            return Refuse(
                RefusalReason.Schema,
                "host and agent were built from different message definitions",
                $"schema {Short(WireSchema.Sha256)}, protocol {WireSchema.Major}."
                    + $"{WireSchema.Minor} (agent, {WireSchema.Software})",
                $"schema {Short(hello.SchemaSha256.Span)}, protocol {hello.ProtocolMajor}."
                    + $"{hello.ProtocolMinor} (host, {hello.Software})",
                "build host and agent from the same sources and restart the agent");
        }

        return hello.Role switch
        {
            Role.Observer => null,
            Role.Owner => CheckOwner(hello, agent),
            Role.Unspecified => UnknownRole(hello.Role),
            _ => UnknownRole(hello.Role),
        };
    }

    /// <summary>The answer to a second owner.</summary>
    /// <param name="sessionId">Session of the owner.</param>
    /// <param name="silenceNanoseconds">How long it has been silent.</param>
    /// <param name="armed">Whether the agent is armed.</param>
    public static Refusal Owned(ulong sessionId, long silenceNanoseconds, bool armed) => Refuse(
        RefusalReason.Owned,
        "the agent already has an owner",
        "no owner",
        $"session {sessionId:x16}, last heard {silenceNanoseconds / 1_000_000} ms ago, agent "
            + (armed ? "armed" : "not armed"),
        "end the other run, or connect as an observer");

    /// <summary>The answer when too many sessions are open.</summary>
    /// <param name="count">How many there may be.</param>
    public static Refusal Full(int count) => Refuse(
        RefusalReason.Full,
        "the agent has too many sessions",
        $"fewer than {count} sessions",
        $"{count} sessions",
        "close observers that are no longer needed");

    private static Refusal? CheckOwner(Hello hello, AgentBridgeOptions agent)
    {
        if (hello.RigName != agent.RigName || hello.RigSha256 != agent.RigSha256)
        {
            return Refuse(
                RefusalReason.Rig,
                "host and agent use different rig files",
                $"rig \"{agent.RigName}\", SHA-256 {agent.RigSha256} (agent)",
                $"rig \"{hello.RigName}\", SHA-256 {hello.RigSha256} (host)",
                "start both with the same rig file; restart the agent after an edit");
        }

        int joint = JointWire.FirstDifference(hello.Joints, agent.Joints);
        if (joint >= 0)
        {
            return Refuse(
                RefusalReason.Joints,
                "host and agent disagree about the joints",
                JointWire.Describe(agent.Joints, joint) + " (agent)",
                JointWire.Describe(hello.Joints, joint) + " (host)",
                "start both with the same rig file");
        }

        long deadman = MonotonicClock.Nanoseconds(agent.Deadman);
        return hello.PeriodNanoseconds > 0 && hello.PeriodNanoseconds < deadman
            ? null
            : Refuse(
                RefusalReason.Period,
                "the host's period does not fit the agent's deadman",
                $"a period above 0 and below {deadman / 1e6:0.###} ms",
                $"{hello.PeriodNanoseconds / 1e6:0.###} ms",
                "run the scenario at a higher rate, or raise the rig file's deadman");
    }

    private static Refusal UnknownRole(Role role) => Refuse(
        RefusalReason.Role,
        "the peer asks for a role this agent does not know",
        "owner or observer",
        role.ToString(),
        "install the same HilRig version on both sides");

    private static Refusal Refuse(
        RefusalReason reason, string what, string expected, string found, string remedy) => new()
        {
            Reason = reason,
            What = what,
            Expected = expected,
            Found = found,
            Remedy = remedy,
        };

    private static string Short(ReadOnlySpan<byte> hash) =>
        Convert.ToHexStringLower(hash[..Math.Min(6, hash.Length)]);
}
