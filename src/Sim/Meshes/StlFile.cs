using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace HilRig.Sim.Meshes;

/// <summary>
/// STL, binary (80 bytes, a count, 50 bytes a triangle, little endian) or ASCII. Normals are not
/// used.
/// </summary>
internal static class StlFile
{
    private const int Header = 84;
    private const int Stride = 50;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not STL.</exception>
    public static TriangleMesh Read(ReadOnlySpan<byte> file, int triangleMax)
    {
        if (file.Length >= Header)
        {
            long count = BinaryPrimitives.ReadUInt32LittleEndian(file[80..]);
            if (Header + (count * Stride) == file.Length)
            {
                return ReadBinary(file, count, triangleMax);
            }
        }

        return file.StartsWith("solid"u8)
            ? ReadText(Encoding.ASCII.GetString(file), triangleMax)
            : throw new FormatException(
                "the size does not fit the number of triangles, and it does not begin with "
                + "'solid' either: it is not STL");
    }

    private static TriangleMesh ReadBinary(ReadOnlySpan<byte> file, long count, int triangleMax)
    {
        RequireCount(count, triangleMax);
        var mesh = new MeshBuilder();
        for (int corner = 0; corner < 3 * count; corner++)
        {
            int at = Header + (Stride * (corner / 3)) + (12 * ((corner % 3) + 1));
            mesh.Add(
                BinaryPrimitives.ReadSingleLittleEndian(file[at..]),
                BinaryPrimitives.ReadSingleLittleEndian(file[(at + 4)..]),
                BinaryPrimitives.ReadSingleLittleEndian(file[(at + 8)..]));
        }

        return mesh.Build();
    }

    private static TriangleMesh ReadText(string text, int triangleMax)
    {
        var mesh = new MeshBuilder();
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == "vertex")
            {
                if (i + 3 >= words.Length)
                {
                    throw new FormatException("the file ends within a corner");
                }

                mesh.Add(Number(words[i + 1]), Number(words[i + 2]), Number(words[i + 3]));
                i += 3;
                RequireCount(mesh.TriangleCount + 1, triangleMax + 1L);
            }
        }

        TriangleMesh built = mesh.Build();
        RequireCount(built.Triangles.Length / 3, triangleMax);
        return built.Triangles.Length % 3 == 0
            ? built
            : throw new FormatException("the last triangle is not complete");
    }

    private static void RequireCount(long count, long triangleMax)
    {
        if (count < 1 || count > triangleMax)
        {
            throw new FormatException($"it has {count} triangles, not 1 to {triangleMax}");
        }
    }

    private static float Number(string word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            ? number
            : throw new FormatException($"'{word}' is not a number");
}
