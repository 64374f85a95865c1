using Google.Protobuf;
using HilRig.Bridge.Protos;

namespace HilRig.Bridge.Wire;

/// <summary>Parses requests into a reused message. One thread; allocates nothing.</summary>
internal static class RequestCodec
{
    /// <summary>Parses a request.</summary>
    /// <param name="payload">Bytes after the kind.</param>
    /// <param name="request">Receives it.</param>
    /// <returns>False when the bytes are no request of a known kind.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> payload, Request request)
    {
        // Parsing merges: a field that is absent (zero) on the wire would keep its old value.
        request.SessionId = 0;
        request.OwnerToken = 0;
        request.RequestId = 0;
        request.Kind = RequestKind.Unspecified;
        request.Reason = Stop.Unspecified;
        try
        {
            request.MergeFrom(payload);
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }

        return request.RequestId != 0
            && request.Kind is >= RequestKind.Heartbeat and <= RequestKind.Release;
    }
}
