using HilRig.Bridge.Security.Zmtp;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// Prefixes that a subscriber asked for, as a message (ZMTP 3.0: 1 or 0, then the prefix) or as a
/// command (3.1: SUBSCRIBE or CANCEL). One thread changes, another asks.
/// </summary>
internal sealed class Subscriptions
{
    private const int CountMax = 64;
    private const int PrefixBytesMax = 64;

    private readonly Lock _lock = new();
    private readonly List<byte[]> _prefixes = [];

    /// <summary>Takes what a subscriber said.</summary>
    /// <param name="isCommand">Whether it is a command.</param>
    /// <param name="body">Its bytes.</param>
    /// <returns>None, or what is wrong with it.</returns>
    public GateReason Take(bool isCommand, ReadOnlySpan<byte> body)
    {
        bool adds;
        ReadOnlySpan<byte> prefix;
        if (isCommand)
        {
            if (!ZmtpCommand.TrySplit(body, out ReadOnlySpan<byte> name, out prefix)
                || !(name.SequenceEqual("SUBSCRIBE"u8) || name.SequenceEqual("CANCEL"u8)))
            {
                return GateReason.MalformedCommand;
            }

            adds = name[0] == (byte)'S';
        }
        else
        {
            if (body.IsEmpty || body[0] > 1)
            {
                return GateReason.MalformedMessage;
            }

            adds = body[0] == 1;
            prefix = body[1..];
        }

        return Change(adds, prefix);
    }

    /// <summary>Whether anybody asked for a message.</summary>
    /// <param name="message">Its bytes.</param>
    public bool Match(ReadOnlySpan<byte> message)
    {
        lock (_lock)
        {
            foreach (byte[] prefix in _prefixes)
            {
                if (message.StartsWith(prefix))
                {
                    return true;
                }
            }

            return false;
        }
    }

    // As in ZeroMQ, the same prefix may be asked for twice, and must then be cancelled twice.
    private GateReason Change(bool adds, ReadOnlySpan<byte> prefix)
    {
        lock (_lock)
        {
            if (!adds)
            {
                byte[] cancelled = prefix.ToArray();
                int index = _prefixes.FindIndex(old => old.AsSpan().SequenceEqual(cancelled));
                if (index >= 0)
                {
                    _prefixes.RemoveAt(index);
                }

                return GateReason.None;
            }

            if (_prefixes.Count >= CountMax || prefix.Length > PrefixBytesMax)
            {
                return GateReason.MalformedMessage;
            }

            _prefixes.Add(prefix.ToArray());
            return GateReason.None;
        }
    }
}
