using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using HilRig.Sim.Meshes;

namespace HilRig.Sim.Tests.Meshes;

/// <summary>STL, OBJ, PNG and binary height fields, whole and broken.</summary>
internal sealed class MeshFileTests
{
    private const int TriangleMax = 1000;
    private static readonly float[] Corners =
        [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2];

    [Test]
    public void Binary_and_text_stl_are_the_same_mesh_with_corners_merged()
    {
        var text = new StringBuilder("solid part\n");
        for (int i = 0; i < Corners.Length; i += 9)
        {
            text.Append("facet normal 0 0 1 outer loop\n");
            for (int k = i; k < i + 9; k += 3)
            {
                text.Append($"vertex {Corners[k]} {Corners[k + 1]} {Corners[k + 2]}\n");
            }

            text.Append("endloop endfacet\n");
        }

        TriangleMesh ascii = StlFile.Read(
            Encoding.ASCII.GetBytes(text.Append("endsolid").ToString()), TriangleMax);
        TriangleMesh binary = StlFile.Read(Binary(), TriangleMax);
        Assert.That(binary.Vertices, Is.EqualTo(ascii.Vertices).And.Length.EqualTo(4));
        Assert.That(binary.Triangles, Is.EqualTo(ascii.Triangles));
        Assert.That(binary.Triangles, Is.EqualTo((int[])[0, 1, 2, 0, 2, 3]));
    }

    [Test]
    public void A_damaged_stl_is_refused_and_never_crashes()
    {
        byte[] file = Binary();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<FormatException>(() => StlFile.Read(file.AsSpan(0, length), TriangleMax));
        }

        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(100), float.NaN);
        Assert.Throws<FormatException>(() => StlFile.Read(file, TriangleMax));
        Assert.Throws<FormatException>(() => StlFile.Read(Binary(), 1));
    }

    [Test]
    public void Obj_faces_may_be_quads_count_from_the_end_and_name_normals()
    {
        TriangleMesh mesh = Obj("""
            # a comment
            o first
            v 0 0 0
            v 2 0 0
            v 2 1 0
            v 0 1 0
            vn 0 0 1
            f 1//1 2//1 3//1 -1//1
            g second
            f 1 2 3
            """);
        Assert.That(mesh.Vertices, Has.Length.EqualTo(4));
        Assert.That(mesh.Triangles, Is.EqualTo((int[])[0, 1, 3, 1, 2, 3]));
        Assert.That(mesh.IgnoredParts, Is.EqualTo(1));
    }

    [TestCase("v 1 2", "line 1: a corner needs three numbers")]
    [TestCase("v 1 2 x", "'x' is not a number")]
    [TestCase("v 1 2 nan", "not finite")]
    [TestCase("v 0 0 0\nf 1 2 3", "line 2: corner 2 does not exist")]
    [TestCase("f 1 2", "three corners")]
    [TestCase("v 0 0 0\nf 1 a 1", "'a' is not a corner")]
    public void A_bad_obj_is_refused_with_its_line(string text, string what)
    {
        var fault = Assert.Throws<FormatException>(() => Obj(text));
        Assert.That(fault!.Message, Does.Contain(what));
    }

    [Test]
    public void Png_rows_come_back_whatever_their_filter()
    {
        byte[] grey = [.. Enumerable.Range(0, 35).Select(i => (byte)(i * 37))];
        for (byte filter = 0; filter < 5; filter++)
        {
            HeightGrid grid = PngFile.Read(Png(grey, 7, filter), 1000);
            Assert.That((grid.RowCount, grid.ColumnCount), Is.EqualTo((5, 7)));
            for (int i = 0; i < grey.Length; i++)
            {
                float height = grid.Heights[((4 - (i / 7)) * 7) + (i % 7)];
                Assert.That(height, Is.EqualTo(grey[i]), $"filter {filter}, pixel {i}");
            }
        }
    }

    [Test]
    public void A_damaged_png_is_refused_and_never_crashes()
    {
        byte[] file = Png(new byte[35], 7, 1);
        for (int length = 0; length < file.Length - 12; length++)
        {
            Assert.Throws<FormatException>(() => PngFile.Read(file.AsSpan(0, length), 1000));
        }

        Assert.Throws<FormatException>(() => PngFile.Read(file, 34));
    }

    [Test]
    public void A_binary_height_field_must_fit_its_size()
    {
        byte[] file = new byte[8 + (6 * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(file, 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 3);
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(8), 1.5f);
        HeightGrid grid = HeightGrid.ReadBinary(file, 100);
        Assert.That((grid.RowCount, grid.ColumnCount), Is.EqualTo((2, 3)));
        Assert.That(grid.Heights[0], Is.EqualTo(1.5f));
        Assert.Throws<FormatException>(() => HeightGrid.ReadBinary(file.AsSpan(0, 31), 100));
        BinaryPrimitives.WriteInt32LittleEndian(file, int.MaxValue);
        Assert.Throws<FormatException>(() => HeightGrid.ReadBinary(file, 100));
    }

    private static TriangleMesh Obj(string text) =>
        ObjFile.Read(Encoding.UTF8.GetBytes(text), TriangleMax);

    private static byte[] Binary()
    {
        byte[] file = new byte[84 + (Corners.Length / 9 * 50)];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(80), Corners.Length / 9);
        for (int i = 0; i < Corners.Length; i++)
        {
            int at = 84 + (50 * (i / 9)) + 12 + (4 * (i % 9));
            BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(at), Corners[i]);
        }

        return file;
    }

    private static byte[] Png(byte[] grey, int width, byte filter)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int y = 0; y < grey.Length / width; y++)
            {
                zip.WriteByte(filter);
                for (int x = 0; x < width; x++)
                {
                    zip.WriteByte((byte)(grey[(y * width) + x] - Guess(grey, width, x, y, filter)));
                }
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), grey.Length / width);
        header[8] = 8;
        return
        [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", []),
        ];
    }

    // The reader does not look at checksums.
    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }

    private static int Guess(byte[] grey, int width, int x, int y, byte filter)
    {
        int At(int column, int row) =>
            column < 0 || row < 0 ? 0 : grey[(row * width) + column];
        int left = At(x - 1, y);
        int above = At(x, y - 1);
        int corner = At(x - 1, y - 1);
        int plane = left + above - corner;
        return filter switch
        {
            1 => left,
            2 => above,
            3 => (left + above) / 2,
            4 => ((int[])[left, above, corner]).MinBy(guess => Math.Abs(plane - guess)),
            _ => 0,
        };
    }
}
