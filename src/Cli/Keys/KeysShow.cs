using System.CommandLine;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>`hilrig keys show`: the public half of a key of this machine.</summary>
internal static class KeysShow
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Name of the key.",
            DefaultValueFactory = _ => KeyName.Default,
        };
        Option<string?> folder = KeysCommand.FolderOption();
        Option<bool> json = KeysCommand.JsonOption();
        var command = new Command("show", "Print the public half of a key of this machine.")
        {
            name, folder, json,
        };
        command.SetAction(parsed =>
        {
            var store = new KeyStore(parsed.GetValue(folder));
            using RigKey key = store.Load(parsed.GetRequiredValue(name));
            Print(store, key, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Prints a key: its public line alone on standard output.</summary>
    /// <param name="store">Where it is stored.</param>
    /// <param name="key">The key.</param>
    /// <param name="json">As one JSON object.</param>
    public static void Print(KeyStore store, RigKey key, bool json)
    {
        if (json)
        {
            KeysCommand.Print(new
            {
                name = key.Name,
                fingerprint = key.Fingerprint.Text,
                publicText = key.PublicText,
                certificate = store.CertificatePath(key.Name),
                privateKey = store.PrivatePath(key.Name),
            });
            return;
        }

        Console.Error.WriteLine($"private key  {store.PrivatePath(key.Name)} (stays here)");
        Console.Error.WriteLine($"fingerprint  {key.Fingerprint}");
        Console.Error.WriteLine("hand over this line:");
        Console.Out.WriteLine(key.PublicText);
    }
}
