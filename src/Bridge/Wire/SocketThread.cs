using NetMQ;

namespace HilRig.Bridge.Wire;

/// <summary>
/// A thread that owns one socket from its creation to its end, as NetMQ wants it.
/// </summary>
internal sealed class SocketThread
{
    private readonly Thread _thread;
    private readonly Func<NetMQSocket> _open;
    private readonly Action<NetMQSocket> _run;
    private readonly TaskCompletionSource<string> _opened =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the thread; <see cref="Start"/> starts it.</summary>
    /// <param name="name">Name of the thread.</param>
    /// <param name="open">Makes and binds or connects the socket.</param>
    /// <param name="run">Uses it until told to stop.</param>
    public SocketThread(string name, Func<NetMQSocket> open, Action<NetMQSocket> run)
    {
        _open = open;
        _run = run;
        _thread = new Thread(Live) { Name = name, IsBackground = true };
    }

    /// <summary>Starts the thread and waits until its socket is open.</summary>
    /// <returns>The endpoint it is bound or connected to.</returns>
    /// <exception cref="NetMQException">It cannot be opened.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be opened.</exception>
    public string Start()
    {
        _thread.Start();
        return _opened.Task.GetAwaiter().GetResult();
    }

    /// <summary>Whether an error says that an address cannot be bound or connected to.</summary>
    /// <param name="error">The error.</param>
    public static bool IsOpenError(Exception error) =>
        error is NetMQException or System.Net.Sockets.SocketException;

    /// <summary>Waits for the end of the thread.</summary>
    public void Join()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            return;
        }

        _thread.Join();
    }

    private void Live()
    {
        NetMQSocket socket;
        try
        {
            socket = _open();
        }
        catch (Exception error) when (IsOpenError(error))
        {
            _opened.SetException(error);
            return;
        }

        using (socket)
        {
            _opened.SetResult(socket.Options.LastEndpoint ?? "");
            _run(socket);
        }
    }
}
