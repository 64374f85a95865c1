using System.CommandLine;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>`hilrig keys new`: makes a key pair and prints what to hand over.</summary>
internal static class KeysNew
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var name = new Option<string>("--name")
        {
            Description = "Name of the key on this machine.",
            DefaultValueFactory = _ => KeyName.Default,
        };
        var curve = new Option<KeyCurve>("--curve")
        {
            Description = "P256 or P384.",
            DefaultValueFactory = _ => KeyCurve.P256,
        };
        Option<string?> folder = KeysCommand.FolderOption();
        Option<bool> json = KeysCommand.JsonOption();
        var command = new Command("new", "Make a key pair; print its public half to hand over.")
        {
            name, curve, folder, json,
        };
        command.SetAction(parsed =>
        {
            var store = new KeyStore(parsed.GetValue(folder));
            using RigKey key = RigKey.Create(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(curve));
            store.Add(key);
            KeysShow.Print(store, key, parsed.GetValue(json));
        });
        return command;
    }
}
