namespace HilRig.Bridge.Security.Keys;

/// <summary>Line files with a first line that says format and version.</summary>
internal static class KeyLines
{
    /// <summary>The lines that are neither empty nor comments, each with its place.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="header">What its first line must be.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="KeyException">The first line is another one.</exception>
    public static List<(string Line, string Where)> Read(string text, string header, string path)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != header)
        {
            throw new KeyException(
                "this is no such file, or of another version",
                $"{path}:1",
                $"\"{header}\"",
                $"\"{lines[0][..Math.Min(lines[0].Length, 60)]}\"");
        }

        var read = new List<(string, string)>();
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                read.Add((line, $"{path}:{i + 1}"));
            }
        }

        return read;
    }
}
