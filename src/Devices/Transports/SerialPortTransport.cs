using HilRig.Core.RealTime;
using System.IO.Ports;
using HilRig.Core.Errors;

namespace HilRig.Devices.Transports;

/// <summary>
/// System.IO.Ports behind the transport interface, for Windows and macOS. Its time-outs are rounded
/// to tens of milliseconds and it allocates, so timing verdicts over it mean nothing.
/// </summary>
public sealed class SerialPortTransport : IByteTransport
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    private readonly SerialPort _port;
    private bool _isLost;
    private bool _isDisposed;

    private SerialPortTransport(SerialPort port)
    {
        _port = port;
    }

    /// <inheritdoc/>
    public string Name => _port.PortName;

    /// <inheritdoc/>
    public bool IsOpen => !_isLost && !_isDisposed;

    /// <summary>Opens a serial port.</summary>
    /// <param name="portName">Such as "COM3" or "/dev/cu.usbmodem1101".</param>
    /// <param name="baud">Bits per second.</param>
    /// <exception cref="DeviceException">The port is absent, busy or not permitted.</exception>
    public static SerialPortTransport Open(string portName, int baud)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baud);
        var port = new SerialPort(portName, baud, Parity.None, 8, StopBits.One);
        try
        {
            port.Open();
            port.DiscardInBuffer();
            return new SerialPortTransport(port);
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            port.Dispose();
            throw new DeviceException(
                error is UnauthorizedAccessException
                    ? "the serial port is in use or not permitted"
                    : "the serial port does not open",
                where: portName,
                expected: "one of: " + SerialPortList.Describe(),
                found: error.Message,
                remedy: "end the program that uses it, or name another port in the rig file",
                inner: error);
        }
    }

    /// <inheritdoc/>
    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds)
    {
        if (!IsOpen)
        {
            return TransportStatus.Lost;
        }

        try
        {
            _port.WriteTimeout = RemainingMilliseconds(deadlineNanoseconds);
            _port.BaseStream.Write(bytes);
            return TransportStatus.Ok;
        }
        catch (TimeoutException)
        {
            return TransportStatus.Timeout;
        }
        catch (Exception error) when (IsLoss(error))
        {
            _isLost = true;
            return TransportStatus.Lost;
        }
    }

    /// <inheritdoc/>
    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = 0;
        if (!IsOpen)
        {
            return TransportStatus.Lost;
        }

        while (true)
        {
            try
            {
                bool isOver = deadlineNanoseconds <= MonotonicClock.NowNanoseconds;
                if (isOver && _port.BytesToRead == 0)
                {
                    return TransportStatus.Timeout;
                }

                _port.ReadTimeout = RemainingMilliseconds(deadlineNanoseconds);
                count = _port.BaseStream.Read(target);
                _isLost = count == 0;
                return _isLost ? TransportStatus.Lost : TransportStatus.Ok;
            }
            catch (TimeoutException)
            {
                // It counts in coarse milliseconds and may give up too early: look at the clock
                // again.
                continue;
            }
            catch (Exception error) when (IsLoss(error))
            {
                _isLost = true;
                return TransportStatus.Lost;
            }
        }
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        try
        {
            if (IsOpen)
            {
                _port.DiscardInBuffer();
            }
        }
        catch (Exception error) when (IsLoss(error))
        {
            _isLost = true;
        }
    }

    /// <summary>
    /// Closes the port on a thread of its own: after a lost device SerialPort.Close may never
    /// return.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        var closer = new Thread(Close) { IsBackground = true, Name = "serial port closer" };
        closer.Start();
        if (!_isLost)
        {
            // A healthy port is free when Dispose returns, so that it can be opened again.
            _ = closer.Join(TimeSpan.FromMilliseconds(200));
        }
    }

    private static int RemainingMilliseconds(long deadlineNanoseconds)
    {
        long remaining = deadlineNanoseconds - MonotonicClock.NowNanoseconds;
        return (int)Math.Clamp((remaining / NanosecondsPerMillisecond) + 1, 1, int.MaxValue);
    }

    private static bool IsLoss(Exception error) =>
        error is IOException or InvalidOperationException or UnauthorizedAccessException;

    private void Close()
    {
        try
        {
            _port.Dispose();
        }
        catch (Exception error) when (IsLoss(error))
        {
            _isLost = true;
        }
    }
}
