using System.Globalization;
using System.Text;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>
/// Wavefront OBJ: corners and faces. As in MuJoCo, all corners count, but of several parts (o, g)
/// only the first that has faces. A face of four corners is split along its shorter diagonal, one
/// of more into a fan.
/// </summary>
internal sealed class ObjFile
{
    private readonly List<Vector3> _vertices = [];
    private readonly List<int> _triangles = [];
    private readonly List<int> _face = [];
    private readonly int _triangleMax;
    private bool _first = true;
    private bool _counted;
    private int _ignored;

    private ObjFile(int triangleMax) => _triangleMax = triangleMax;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is not OBJ; the message names the line.</exception>
    public static TriangleMesh Read(ReadOnlySpan<byte> file, int triangleMax)
    {
        var obj = new ObjFile(triangleMax);
        int line = 0;
        foreach (ReadOnlySpan<char> text in Encoding.UTF8.GetString(file).AsSpan().EnumerateLines())
        {
            line++;
            try
            {
                obj.ReadLine(text);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"line {line}: {fault.Message}");
            }
        }

        return new TriangleMesh([.. obj._vertices], [.. obj._triangles], obj._ignored);
    }

    private void ReadLine(ReadOnlySpan<char> text)
    {
        int comment = text.IndexOf('#');
        string[] words = (comment < 0 ? text : text[..comment]).ToString()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words.Length == 0 ? "" : words[0])
        {
            case "v":
                ReadVertex(words);
                break;
            case "f" when _first:
                ReadFace(words);
                break;
            case "f":
                _ignored += _counted ? 0 : 1;
                _counted = true;
                break;
            case "o" or "g":
                _first &= _triangles.Count == 0;
                _counted = false;
                break;
        }
    }

    private void ReadVertex(string[] words)
    {
        if (words.Length < 4)
        {
            throw new FormatException("a corner needs three numbers");
        }

        (float x, float y, float z) = (Number(words[1]), Number(words[2]), Number(words[3]));
        MeshBuilder.Require(x, y, z);
        _vertices.Add(new Vector3(x, y, z));
    }

    private void ReadFace(string[] words)
    {
        if (words.Length < 4)
        {
            throw new FormatException("a face needs three corners");
        }

        _face.Clear();
        foreach (string word in words.AsSpan(1))
        {
            _face.Add(Corner(word));
        }

        if (_face.Count == 4 && Span(0, 2) >= Span(1, 3))
        {
            _triangles.AddRange([_face[0], _face[1], _face[3], _face[1], _face[2], _face[3]]);
        }
        else
        {
            for (int i = 2; i < _face.Count; i++)
            {
                _triangles.AddRange([_face[0], _face[i - 1], _face[i]]);
            }
        }

        if (_triangles.Count > 3L * _triangleMax)
        {
            throw new FormatException($"it has more than {_triangleMax} triangles");
        }
    }

    private double Span(int first, int second) =>
        (_vertices[_face[first]] - _vertices[_face[second]]).Length;

    // "7", "7/1", "7//2" or "7/1/2"; negative numbers count from the end.
    private int Corner(string word)
    {
        int slash = word.IndexOf('/');
        string number = slash < 0 ? word : word[..slash];
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (!int.TryParse(number, NumberStyles.Integer, culture, out int index))
        {
            throw new FormatException($"'{word}' is not a corner");
        }

        index = index < 0 ? _vertices.Count + index : index - 1;
        return index >= 0 && index < _vertices.Count
            ? index
            : throw new FormatException($"corner {number} does not exist");
    }

    private static float Number(string word) =>
        float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            ? number
            : throw new FormatException($"'{word}' is not a number");
}
