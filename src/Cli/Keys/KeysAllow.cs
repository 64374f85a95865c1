using System.CommandLine;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Keys;

/// <summary>
/// `hilrig keys allow PUBLIC --role ROLE` lets a key in; `--server` trusts a server's key.
/// </summary>
internal static class KeysAllow
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var key = new Argument<string>("PUBLIC")
        {
            Description = "The other side's line in quotes, its file, or sha256:….",
        };
        var role = new Option<KeyRole?>("--role")
        {
            Description = "observe: states, stop; command: also drive; admin: also re-arm, quit.",
        };
        var server = new Option<bool>("--server")
        {
            Description = "The key is a server's that this machine will connect to.",
        };
        var name = new Option<string?>("--name")
        {
            Description = "What to call the key; for a server its address, HOST or HOST:PORT.",
        };
        Option<string?> folder = KeysCommand.FolderOption();
        Option<string?> allow = KeysCommand.AllowOption();
        var command = new Command("allow", "Let a key connect here, or trust a server's key.")
        {
            key, role, server, name, folder, allow,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(role) is null != result.GetValue(server))
            {
                result.AddError("give either --role observe|command|admin or --server");
            }
            else if (result.GetValue(server) && !KeyName.IsValidServer(result.GetValue(name)))
            {
                result.AddError("--server needs --name HOST or HOST:PORT, as one connects to it");
            }
        });
        command.SetAction(parsed =>
        {
            var store = new KeyStore(parsed.GetValue(folder));
            PublicKeyText read = PublicKeyText.Read(parsed.GetRequiredValue(key));
            if (parsed.GetValue(role) is { } granted)
            {
                string path = parsed.GetValue(allow) ?? store.AllowedKeysPath;
                Allow(path, granted, read, parsed.GetValue(name));
            }
            else
            {
                string address = parsed.GetValue(name)!;
                KnownServers.Load(store.KnownServersPath)
                    .With(address, read.Fingerprint).Save(store.KnownServersPath);
                Console.Out.WriteLine($"{address} is trusted as {read.Fingerprint}");
            }
        });
        return command;
    }

    private static void Allow(string path, KeyRole role, PublicKeyText read, string? name)
    {
        AllowedKeys before = File.Exists(path) ? AllowedKeys.Load(path) : AllowedKeys.Nobody;
        string called = name ?? read.Name ?? throw new KeyException(
            "a bare fingerprint has no name", expected: "--name NAME");
        before.With(new AllowedKey(role, read.Fingerprint, called)).Save(path);
        Console.Out.WriteLine($"{called} may {role.ToString().ToLowerInvariant()}: "
            + $"{read.Fingerprint} in {path}");
    }
}
