using System.Security.Cryptography;
using HilRig.Core.Errors;

namespace HilRig.Sim.Batch;

/// <summary>
/// A batch as bytes: everything that its next steps depend on, so that a batch that is saved and
/// loaded goes on with the same bits. Little endian:
/// <code>
/// 8  "HILRIGST"     4  version       32  SHA-256 of the packed model
/// 4  bytes of a number: 4 or 8       4  envs       4  numbers of a row       4  parameters
/// 8 [env] time    8 [env] random draws    4 [env] status    8 [env, row] state, inputs, results
/// each parameter: 4 its constant, 8 [env] values          32  SHA-256 of all before
/// </code>
/// Floats are kept as doubles, which is exact.
/// </summary>
internal static class BatchBlob
{
    private const int Version = 1;
    private const int HeadBytes = 8 + 4 + SHA256.HashSizeInBytes + (4 * 4);
    private static readonly byte[] Magic = "HILRIGST"u8.ToArray();

    /// <summary>Writes a batch.</summary>
    public static void Save(BatchContents batch, Stream stream)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            int rowCount = batch.Slots.Count;
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(batch.Model.Hash);
            writer.Write(batch.Backend.NumberBytes);
            writer.Write(batch.Time.Length);
            writer.Write(rowCount);
            writer.Write(batch.Parameters.Slots.Count);
            Write(writer, batch.Time);
            foreach (ulong draws in batch.DrawCounts)
            {
                writer.Write(draws);
            }

            foreach (EnvStatus status in batch.Status)
            {
                writer.Write((int)status);
            }

            double[] rows = new double[batch.Time.Length * rowCount];
            batch.Backend.Read(batch.Slots.First, rowCount, rows);
            Write(writer, rows);
            double[] values = new double[batch.Time.Length];
            foreach (int slot in batch.Parameters.Slots)
            {
                batch.Backend.ReadConstant(slot, values);
                writer.Write(slot);
                Write(writer, values);
            }
        }

        byte[] content = memory.ToArray();
        stream.Write(content);
        stream.Write(SHA256.HashData(content));
    }

    /// <summary>Reads a batch; nothing is changed unless all of it is good.</summary>
    /// <exception cref="ModelException">
    /// Cut off, damaged, or of another version, model, precision or number of envs.
    /// </exception>
    public static void Load(BatchContents batch, Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        int length = bytes.Length - SHA256.HashSizeInBytes;
        Require(
            length >= HeadBytes && bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic),
            "this is not a saved batch",
            "HILRIGST",
            $"{bytes.Length} bytes of something else");
        Require(
            SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)),
            "the saved batch is damaged or cut off",
            "its own SHA-256 at its end",
            $"{bytes.Length} bytes that do not give it");
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
        int parameterCount = CheckHead(batch, reader);
        double[] time = ReadNumbers(reader, batch.Time.Length);
        ulong[] draws = [.. batch.DrawCounts.Select(_ => reader.ReadUInt64())];
        EnvStatus[] status = [.. batch.Status.Select(_ => (EnvStatus)reader.ReadInt32())];
        double[] rows = ReadNumbers(reader, batch.Time.Length * batch.Slots.Count);
        batch.Backend.ForgetConstants();
        batch.Parameters.Forget();
        for (int i = 0; i < parameterCount; i++)
        {
            int slot = reader.ReadInt32();
            batch.Parameters.Restore(slot, ReadNumbers(reader, batch.Time.Length));
        }

        time.CopyTo(batch.Time, 0);
        draws.CopyTo(batch.DrawCounts, 0);
        status.CopyTo(batch.Status, 0);
        batch.Backend.Write(batch.Slots.First, batch.Slots.Count, rows);
    }

    private static int CheckHead(BatchContents batch, BinaryReader reader)
    {
        _ = reader.ReadBytes(Magic.Length);
        int version = reader.ReadInt32();
        Require(
            version == Version, "the saved batch has another version", $"{Version}", $"{version}");
        byte[] hash = reader.ReadBytes(SHA256.HashSizeInBytes);
        Require(
            hash.AsSpan().SequenceEqual(batch.Model.Hash),
            "the batch was saved from another model",
            Convert.ToHexStringLower(batch.Model.Hash),
            Convert.ToHexStringLower(hash));
        int bytes = reader.ReadInt32();
        Require(
            bytes == batch.Backend.NumberBytes,
            "the batch was saved from a back end of another precision",
            $"numbers of {batch.Backend.NumberBytes} bytes",
            $"{bytes}");
        int envs = reader.ReadInt32();
        Require(
            envs == batch.Time.Length,
            "the saved batch has another number of envs",
            $"{batch.Time.Length}",
            $"{envs}");
        int row = reader.ReadInt32();
        Require(
            row == batch.Slots.Count,
            "the saved batch has rows of another length",
            $"{batch.Slots.Count}",
            $"{row}");
        return reader.ReadInt32();
    }

    private static void Require(bool good, string what, string expected, string found)
    {
        if (!good)
        {
            throw new ModelException(what, "saved batch", expected, found);
        }
    }

    private static void Write(BinaryWriter writer, double[] values)
    {
        foreach (double value in values)
        {
            writer.Write(value);
        }
    }

    private static double[] ReadNumbers(BinaryReader reader, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return values;
    }
}
