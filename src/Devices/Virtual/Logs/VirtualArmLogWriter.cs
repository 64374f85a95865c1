using System.Buffers.Binary;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Virtual.Scenes;

namespace HilRig.Devices.Virtual.Logs;

/// <summary>
/// Writes what reaches a virtual arm from outside, so that the run can be replayed bit for bit. The
/// arm's thread only copies into memory; another thread writes the file four times a second.
/// </summary>
public sealed class VirtualArmLogWriter : IDisposable
{
    private const int BufferBytes = 1 << 20;
    private const int RecordBytesMax = 1 + (2 * 10) + 3 + (8 * ScenePage.ObjectsMax);
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly Thread _drain;
    private readonly ManualResetEventSlim _stop = new();
    private byte[] _filling = new byte[BufferBytes];
    private byte[] _draining = new byte[BufferBytes];
    private int _filled;
    private long _lastStep;
    private bool _lost;
    private bool _disposed;
    private IOException? _failure;

    /// <summary>Opens a log; an existing file is replaced.</summary>
    /// <param name="path">File to write.</param>
    /// <exception cref="DeviceException">The file cannot be made.</exception>
    public VirtualArmLogWriter(string path)
    {
        Path = path;
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeviceException(
                "the log of the virtual arm cannot be written", path,
                "a folder that can be written", error.Message, "name another file", error);
        }

        _drain = new Thread(DrainLoop) { IsBackground = true, Name = "virtual arm log" };
        _drain.Start();
    }

    /// <summary>File being written.</summary>
    public string Path { get; }

    /// <summary>Ends the log with the state hash of the arm. Call after its last step.</summary>
    /// <param name="arm">The arm.</param>
    public void Finish(VirtualArm arm)
    {
        Span<byte> body = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(body, arm.StateHash());
        Append(VirtualArmLogFormat.End, arm.StepIndex, body);
    }

    /// <summary>Writes what is left and closes the file.</summary>
    /// <exception cref="DeviceException">Some of the log could not be written.</exception>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Set();
        _drain.Join();
        _stop.Dispose();
        _file.Dispose();
        if (_failure is not null)
        {
            throw new DeviceException(
                "the log of the virtual arm is incomplete", Path, found: _failure.Message,
                remedy: "make room on the disk", inner: _failure);
        }
    }

    internal void WriteHeader(VirtualArm arm)
    {
        var position = arm.Options.InitialPosition;
        var header = new byte[VirtualArmLogFormat.Magic.Length + 20 + (8 * position.Count)];
        VirtualArmLogFormat.Magic.CopyTo(header);
        var rest = header.AsSpan(VirtualArmLogFormat.Magic.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(rest, arm.Options.Hash());
        BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], arm.Options.Seed);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], position.Count);
        for (var dof = 0; dof < position.Count; dof++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest[(20 + (8 * dof))..], position[dof]);
        }

        lock (_gate)
        {
            header.CopyTo(_filling, _filled);
            _filled += header.Length;
        }
    }

    internal void WritePacket(long step, int baud, in FeetechFrame frame)
    {
        Span<byte> body = stackalloc byte[10 + 3 + FeetechPacket.ParameterBytesMax];
        var at = PutVarint(body, (ulong)baud);
        body[at++] = frame.Id;
        body[at++] = frame.Code;
        body[at++] = (byte)frame.Parameters.Length;
        frame.Parameters.CopyTo(body[at..]);
        Append(VirtualArmLogFormat.Packet, step, body[..(at + frame.Parameters.Length)]);
    }

    internal void WriteConnect(long step, byte id, bool plugged) =>
        Append(VirtualArmLogFormat.Plug, step, [id, plugged ? (byte)1 : (byte)0]);

    internal void WritePower(long step, bool isOn) =>
        Append(VirtualArmLogFormat.Power, step, [isOn ? (byte)1 : (byte)0]);

    internal void WritePlacement(long step, ReadOnlySpan<double> position)
    {
        Span<byte> body = stackalloc byte[1 + (8 * ScenePage.ObjectsMax)];
        body[0] = (byte)position.Length;
        for (var i = 0; i < position.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(body[(1 + (8 * i))..], position[i]);
        }

        Append(VirtualArmLogFormat.Placement, step, body[..(1 + (8 * position.Length))]);
    }

    private static int PutVarint(Span<byte> target, ulong value)
    {
        var at = 0;
        while (value >= 0x80)
        {
            target[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[at++] = (byte)value;
        return at;
    }

    private void Append(byte tag, long step, ReadOnlySpan<byte> body)
    {
        lock (_gate)
        {
            if (_lost)
            {
                return;
            }

            // Room for one more record is kept, so that a loss can always be noted.
            _lost = _filled + (2 * RecordBytesMax) > _filling.Length;
            _filling[_filled++] = _lost ? VirtualArmLogFormat.Lost : tag;
            _filled += PutVarint(_filling.AsSpan(_filled), (ulong)(step - _lastStep));
            _lastStep = step;
            if (!_lost)
            {
                body.CopyTo(_filling.AsSpan(_filled));
                _filled += body.Length;
            }
        }
    }

    private void DrainLoop()
    {
        var ended = false;
        while (!ended)
        {
            ended = _stop.Wait(FlushPeriod);
            int count;
            lock (_gate)
            {
                (_filling, _draining) = (_draining, _filling);
                count = _filled;
                _filled = 0;
            }

            try
            {
                if (count > 0 && _failure is null)
                {
                    _file.Write(_draining, 0, count);
                }
            }
            catch (IOException error)
            {
                _failure = error;
            }
        }
    }
}
