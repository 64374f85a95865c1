using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ;

namespace HilRig.Bridge.Host;

/// <summary>The host's half of the handshake.</summary>
internal static class Handshake
{
    /// <summary>Waits for the agent's answer and hands it (or the error) on.</summary>
    /// <param name="socket">
    /// A socket of the calling thread on which the introduction was sent.
    /// </param>
    /// <param name="endpoint">Where the agent should be, for messages.</param>
    /// <param name="timeout">How long it has.</param>
    /// <param name="outcome">Receives the answer.</param>
    /// <returns>Whether the agent accepted.</returns>
    public static bool TryAwait(
        NetMQSocket socket,
        string endpoint,
        TimeSpan timeout,
        TaskCompletionSource<Welcome> outcome)
    {
        var frame = default(Msg);
        frame.InitEmpty();
        if (!SocketWait.TryReceive(socket, ref frame, timeout))
        {
            outcome.SetException(Silent(endpoint, timeout));
            return false;
        }

        Frames.DropRest(socket, ref frame);
        MessageKind kind = Frames.Split(
            frame.Slice(0, frame.Size), out ReadOnlySpan<byte> payload);
        try
        {
            outcome.SetResult(Read(endpoint, kind, payload));
            return true;
        }
        catch (ProtocolException error)
        {
            outcome.SetException(error);
            return false;
        }
        finally
        {
            frame.Close();
        }
    }

    /// <summary>Reads the agent's answer to an introduction.</summary>
    /// <param name="endpoint">Where it came from, for messages.</param>
    /// <param name="kind">What it says it is.</param>
    /// <param name="payload">Its bytes.</param>
    /// <exception cref="ProtocolException">It is a refusal, or of another version.</exception>
    public static Welcome Read(
        string endpoint, MessageKind kind, ReadOnlySpan<byte> payload)
    {
        Welcome? welcome = kind == MessageKind.Welcome ? Frames.Parse<Welcome>(payload) : null;
        if (welcome is not null && welcome.ProtocolMajor == WireSchema.Major)
        {
            return welcome;
        }

        Refusal? refusal = kind == MessageKind.Refusal ? Frames.Parse<Refusal>(payload) : null;
        throw refusal is null ? Strange(endpoint) : Refused(endpoint, refusal);
    }

    /// <summary>A refusal as an error.</summary>
    /// <param name="endpoint">Where the agent is.</param>
    /// <param name="refusal">What it says.</param>
    public static ProtocolException Refused(string endpoint, Refusal refusal) => new(
        refusal.What, endpoint, refusal.Expected, refusal.Found, refusal.Remedy);

    /// <summary>Silence as an error.</summary>
    /// <param name="endpoint">Where the agent should be.</param>
    /// <param name="timeout">How long it had.</param>
    public static ProtocolException Silent(string endpoint, TimeSpan timeout) => new(
        "no agent answered the handshake",
        endpoint,
        $"an answer within {timeout.TotalSeconds:0.###} s",
        "silence",
        "check that the agent runs and that this is the endpoint it printed when it started");

    private static ProtocolException Strange(string endpoint) => new(
        "the peer is not a HilRig agent of this version",
        endpoint,
        $"an answer in protocol {WireSchema.Major}.{WireSchema.Minor} ({WireSchema.Software})",
        "something else",
        "check the endpoint, and install the same HilRig version on both sides");
}
