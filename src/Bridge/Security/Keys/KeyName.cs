using System.Buffers;

namespace HilRig.Bridge.Security.Keys;

/// <summary>Names of keys and servers, which become file names and words of a line.</summary>
public static class KeyName
{
    /// <summary>The key that is used where none is named.</summary>
    public const string Default = "default";

    private const int LengthMax = 64;

    private static readonly SearchValues<char> ServerLetters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:[]%");

    /// <summary>
    /// Whether a text may name a key: 1 to 64 letters, digits, dots, hyphens and underscores, the
    /// first one a letter or a digit.
    /// </summary>
    /// <param name="name">The text.</param>
    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= LengthMax } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_');

    /// <summary>Whether a text may name a server: HOST or HOST:PORT.</summary>
    /// <param name="name">The text.</param>
    public static bool IsValidServer(string? name) =>
        name is { Length: >= 1 and <= 255 } && !name.AsSpan().ContainsAnyExcept(ServerLetters);

    /// <summary>Refuses a name that is not valid.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyException">It is not valid.</exception>
    internal static void Require(string name)
    {
        if (!IsValid(name))
        {
            throw new KeyException(
                "a key cannot have this name",
                expected: $"1 to {LengthMax} letters, digits, '.', '-', '_'; first no sign",
                found: $"\"{name}\"",
                remedy: "choose another --name");
        }
    }
}
