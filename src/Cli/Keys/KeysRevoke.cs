using System.CommandLine;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>`hilrig keys revoke`: a key may connect no more, and is cut off at once.</summary>
internal static class KeysRevoke
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var which = new Argument<string>("NAME|FINGERPRINT") { Description = "Which key." };
        var server = new Option<bool>("--server") { Description = "Trust a server no more." };
        Option<string?> folder = KeysCommand.FolderOption();
        Option<string?> allow = KeysCommand.AllowOption();
        var command = new Command("revoke", "A key may connect no more, and is cut off at once.")
        {
            which, server, folder, allow,
        };
        command.SetAction(parsed =>
        {
            var store = new KeyStore(parsed.GetValue(folder));
            string key = parsed.GetRequiredValue(which);
            if (parsed.GetValue(server))
            {
                KnownServers.Load(store.KnownServersPath).Without(key)
                    .Save(store.KnownServersPath);
            }
            else
            {
                string path = parsed.GetValue(allow) ?? store.AllowedKeysPath;
                AllowedKeys.Load(path).Without(key).Save(path);
            }

            Console.Out.WriteLine($"{key} is revoked; a running bridge closes its connections");
        });
        return command;
    }
}
