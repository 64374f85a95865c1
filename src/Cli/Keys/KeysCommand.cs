using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>`hilrig keys new|allow|list|revoke|show`: who may connect, as what.</summary>
internal static class KeysCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // For terminals and files, not for HTML: base64 keeps its plus signs.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "keys", "Who may connect from another machine, and as what.")
    {
        KeysNew.Create(),
        KeysShow.Create(),
        KeysAllow.Create(),
        KeysRevoke.Create(),
        KeysList.Create(),
    };

    /// <summary>The option for the folder of keys.</summary>
    public static Option<string?> FolderOption() => new("--keys")
    {
        Description = $"Folder of keys and lists. Default: {KeyStore.DefaultFolder}.",
    };

    /// <summary>The option for another allow-list.</summary>
    public static Option<string?> AllowOption() => new("--allow")
    {
        Description = "The allow-list. Default: allowed-keys in the folder of keys.",
    };

    /// <summary>The option for JSON.</summary>
    public static Option<bool> JsonOption() => new("--json")
    {
        Description = "Print one JSON object.",
    };

    /// <summary>Prints an object as JSON.</summary>
    /// <param name="value">The object.</param>
    public static void Print(object value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, Format));
}
