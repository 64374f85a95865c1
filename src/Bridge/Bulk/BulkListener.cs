using HilRig.Bridge.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Bulk;

/// <summary>Receives handles of images.</summary>
/// <remarks>One thread.</remarks>
public sealed class BulkListener : IDisposable
{
    private const int HandlesQueued = 64;
    private readonly SubscriberSocket _socket = new();
    private Msg _frame;

    /// <summary>Connects.</summary>
    /// <param name="endpoint">The announcer's endpoint.</param>
    public BulkListener(string endpoint)
    {
        PooledBuffers.Install();
        SocketPolicy.Apply(_socket, HandlesQueued);
        _socket.Connect(endpoint);
        _socket.SubscribeToAnyTopic();
        _frame.InitEmpty();
    }

    /// <summary>Messages that were no handle.</summary>
    public long MalformedCount { get; private set; }

    /// <summary>Waits for a handle.</summary>
    /// <param name="waitMilliseconds">How long, whole ms.</param>
    /// <param name="handle">The handle.</param>
    public bool TryReceive(int waitMilliseconds, out BulkHandle handle)
    {
        handle = default;
        if (!_socket.TryReceive(ref _frame, TimeSpan.FromMilliseconds(waitMilliseconds)))
        {
            return false;
        }

        bool isWhole = !_frame.HasMore;
        Frames.DropRest(_socket, ref _frame);
        bool isHandle = isWhole && BulkHandle.TryDecode(_frame.Slice(0, _frame.Size), out handle);
        MalformedCount += isHandle ? 0 : 1;
        return isHandle;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        _frame.Close();
        _socket.Dispose();
    }
}
