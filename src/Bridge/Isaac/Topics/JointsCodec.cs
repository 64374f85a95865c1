using System.Buffers.Binary;
using System.Text;
using HilRig.Bridge.Isaac.Wire;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>
/// Joint states and joint commands of the second generation: names and values side by side. Reads
/// and writes in place, without allocation. One thread.
/// </summary>
internal sealed class JointsCodec
{
    private const int JointsMax = 256;
    private readonly byte[][] _names;
    private readonly Fields _states;
    private readonly Fields _command;
    private readonly int[] _order = new int[JointsMax];
    private readonly double[] _positions = new double[JointsMax];
    private readonly double[] _velocities = new double[JointsMax];

    /// <summary>Makes a codec.</summary>
    /// <param name="names">Isaac's names of the joints, in [dof] order.</param>
    /// <param name="numbers">Field numbers.</param>
    public JointsCodec(IReadOnlyList<string> names, IsaacFieldNumbers numbers)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        _states = new Fields(
            numbers["JointStates", "names"],
            numbers["JointStates", "positions"],
            numbers["JointStates", "velocities"],
            numbers["JointStates", "timestamp"]);
        _command = new Fields(
            numbers["JointCommand", "names"],
            numbers["JointCommand", "positions"],
            numbers["JointCommand", "velocities"],
            0);
        EncodedBytesMax = _names.Sum(name => name.Length + 32) + 64;
    }

    /// <summary>Room that a message takes at most, bytes.</summary>
    public int EncodedBytesMax { get; }

    /// <summary>Simulated time of the last states read, s.</summary>
    public double TimestampSeconds { get; private set; }

    /// <summary>Reads joint states; every joint must be in them.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="position">Receives positions. Shape [dof].</param>
    /// <param name="velocity">Receives velocities, NaN where there are none. Shape [dof].</param>
    public JointStatesStatus DecodeStates(
        ReadOnlySpan<byte> bytes, Span<double> position, Span<double> velocity)
    {
        JointStatesStatus status = Decode(bytes, _states, position, velocity);
        if (status != JointStatesStatus.Ok)
        {
            return status;
        }

        foreach (double value in position)
        {
            if (double.IsNaN(value))
            {
                return JointStatesStatus.JointMissing;
            }
        }

        return double.IsFinite(TimestampSeconds)
            ? JointStatesStatus.Ok
            : JointStatesStatus.NotFinite;
    }

    /// <summary>Reads a joint command; joints that are not in it are left as they are.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="position">Goals. Shape [dof].</param>
    public JointStatesStatus DecodeCommand(ReadOnlySpan<byte> bytes, Span<double> position)
    {
        Span<double> read = stackalloc double[position.Length];
        Span<double> unused = stackalloc double[position.Length];
        JointStatesStatus status = Decode(bytes, _command, read, unused);
        for (int dof = 0; dof < read.Length && status == JointStatesStatus.Ok; dof++)
        {
            position[dof] = double.IsNaN(read[dof]) ? position[dof] : read[dof];
        }

        return status;
    }

    /// <summary>Writes joint states.</summary>
    /// <param name="target">At least <see cref="EncodedBytesMax"/>.</param>
    /// <param name="position">Positions. Shape [dof].</param>
    /// <param name="velocity">Velocities. Shape [dof].</param>
    /// <param name="timestampSeconds">Simulated time, s.</param>
    /// <returns>Bytes written.</returns>
    public int EncodeStates(
        Span<byte> target,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> velocity,
        double timestampSeconds)
    {
        var buffer = new ProtoBuffer(target);
        foreach (byte[] name in _names)
        {
            buffer.Content(_states.Names, name);
        }

        buffer.Doubles(_states.Positions, position);
        buffer.Doubles(_states.Velocities, velocity);
        buffer.Double(_states.Timestamp, timestampSeconds);
        return buffer.Length;
    }

    /// <summary>
    /// Writes a command for the joints whose goal is a number. No velocities: as goals they would
    /// brake or drive on their own.
    /// </summary>
    /// <param name="target">At least <see cref="EncodedBytesMax"/>.</param>
    /// <param name="goal">Goals; NaN for none. Shape [dof].</param>
    /// <returns>Bytes written; 0 when there is no goal.</returns>
    public int EncodeCommand(Span<byte> target, ReadOnlySpan<double> goal)
    {
        var buffer = new ProtoBuffer(target);
        int count = 0;
        for (int dof = 0; dof < goal.Length; dof++)
        {
            if (!double.IsNaN(goal[dof]))
            {
                buffer.Content(_command.Names, _names[dof]);
                _positions[count++] = goal[dof];
            }
        }

        buffer.Doubles(_command.Positions, _positions.AsSpan(0, count));
        return buffer.Length;
    }

    private JointStatesStatus Decode(
        ReadOnlySpan<byte> bytes, in Fields fields, Span<double> position, Span<double> velocity)
    {
        int names = 0;
        int positions = 0;
        int velocities = 0;
        TimestampSeconds = 0;
        var cursor = new ProtoCursor(bytes);
        bool good = true;
        while (good && cursor.Next())
        {
            if (cursor.Field == fields.Names && names < JointsMax)
            {
                good = cursor.WireType == ProtoCursor.Delimited;
                _order[names++] = IndexOf(cursor.Content);
            }
            else if (cursor.Field == fields.Positions)
            {
                good = Take(cursor, _positions, ref positions);
            }
            else if (cursor.Field == fields.Velocities)
            {
                good = Take(cursor, _velocities, ref velocities);
            }
            else if (cursor.Field == fields.Timestamp)
            {
                good = cursor.WireType == ProtoCursor.Fixed64;
                TimestampSeconds = BitConverter.UInt64BitsToDouble(cursor.Bits);
            }
        }

        bool fits = positions == names && (velocities == names || velocities == 0);
        if (!good || cursor.IsMalformed || !fits)
        {
            return JointStatesStatus.Malformed;
        }

        return Scatter(names, velocities > 0, position, velocity);
    }

    private JointStatesStatus Scatter(
        int count, bool hasVelocity, Span<double> position, Span<double> velocity)
    {
        position.Fill(double.NaN);
        velocity.Fill(double.NaN);
        for (int i = 0; i < count; i++)
        {
            int dof = _order[i];
            if (dof >= 0)
            {
                if (!double.IsFinite(_positions[i]))
                {
                    return JointStatesStatus.NotFinite;
                }

                position[dof] = _positions[i];
                velocity[dof] = hasVelocity ? _velocities[i] : double.NaN;
            }
        }

        return JointStatesStatus.Ok;
    }

    // Packed, as proto3 writes them, or one by one, as it must also be read.
    private static bool Take(in ProtoCursor cursor, double[] values, ref int count)
    {
        if (cursor.WireType == ProtoCursor.Fixed64 && count < values.Length)
        {
            values[count++] = BitConverter.UInt64BitsToDouble(cursor.Bits);
            return true;
        }

        ReadOnlySpan<byte> content = cursor.Content;
        int added = content.Length / sizeof(double);
        if (cursor.WireType != ProtoCursor.Delimited || content.Length % sizeof(double) != 0
            || count + added > values.Length)
        {
            return false;
        }

        for (int i = 0; i < added; i++)
        {
            values[count++] = BinaryPrimitives.ReadDoubleLittleEndian(content[(8 * i)..]);
        }

        return true;
    }

    private int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int dof = 0; dof < _names.Length; dof++)
        {
            if (name.SequenceEqual(_names[dof]))
            {
                return dof;
            }
        }

        return -1;
    }

    private readonly record struct Fields(int Names, int Positions, int Velocities, int Timestamp);
}
