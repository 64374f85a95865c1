using System.Globalization;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual;

/// <summary>
/// The servo files of rigs/servos, read with a reader that knows just their two levels.
/// </summary>
internal static class ShippedServos
{
    internal static VirtualServoParameters At12Volts { get; } = Parameters("sts3215-12v.yaml");

    internal static VirtualServoParameters At7Point4Volts { get; } = Parameters("sts3215-7v4.yaml");

    internal static VirtualServoParameters Parameters(string file) =>
        VirtualServoParameters.FromEntries(Section(file, "servo"), file);

    internal static VirtualServoSpread Spread(string file) =>
        VirtualServoSpread.FromEntries(Section(file, "spread"), file);

    internal static Dictionary<string, double> Section(string file, string section)
    {
        var entries = new Dictionary<string, double>();
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(Root(), "rigs", "servos", file)))
        {
            var text = line.Split('#')[0].TrimEnd();
            if (text.Length == 0)
            {
                continue;
            }

            if (!text.StartsWith(' '))
            {
                inside = text == section + ":";
            }
            else if (inside)
            {
                var parts = text.Split(':');
                entries.Add(parts[0].Trim(), double.Parse(parts[1], CultureInfo.InvariantCulture));
            }
        }

        return entries;
    }

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HilRig.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException("no HilRig.sln above the tests");
    }
}
