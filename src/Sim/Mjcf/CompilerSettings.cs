using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>The compiler section: how numbers in the file are to be understood.</summary>
internal sealed record CompilerSettings
{
    public bool Degrees { get; init; } = true;

    public string EulerSequence { get; init; } = "xyz";

    public bool AutoLimits { get; init; } = true;

    /// <summary>auto, true or false.</summary>
    public string InertiaFromGeom { get; init; } = "auto";

    public int InertiaGroupMin { get; init; }

    public int InertiaGroupMax { get; init; } = 5;

    public double BoundMass { get; init; }

    public double BoundInertia { get; init; }

    public bool BalanceInertia { get; init; }

    /// <summary>Total mass to scale to, kg; 0 or less for none.</summary>
    public double TotalMass { get; init; } = -1;

    public string MeshFolder { get; init; } = "";

    /// <summary>Whether folders in file names are dropped.</summary>
    public bool StripPath { get; init; }

    /// <summary>Whether geoms that touch nothing are left out.</summary>
    public bool DiscardVisual { get; init; }

    /// <summary>Whether bodies without joints become part of their parent.</summary>
    public bool FuseStatic { get; init; }

    /// <summary>
    /// Whether the frame of a body that is alone on a free joint moves to its inertial frame.
    /// </summary>
    public bool AlignFree { get; init; }

    /// <summary>Radians per unit of an angle in the file.</summary>
    public double AngleScale => Degrees ? Math.PI / 180 : 1;

    /// <summary>Reads every compiler section; a later one overrides an earlier one.</summary>
    public static CompilerSettings Read(XElement root)
    {
        var settings = new CompilerSettings();
        foreach (XElement section in root.Elements("compiler"))
        {
            settings = ReadSection(new MjcfAttributes(section), settings);
        }

        return settings;
    }

    private static CompilerSettings ReadSection(MjcfAttributes at, CompilerSettings before)
    {
        string sequence = at.Text("eulerseq") ?? before.EulerSequence;
        if (sequence.Length != 3 || sequence.Any(letter => !"xyzXYZ".Contains(letter)))
        {
            throw MjcfFault.At(
                at.Find("eulerseq")!, "'eulerseq' is bad", "three of x, y, z, X, Y, Z");
        }

        string angle = before.Degrees ? "degree" : "radian";
        double[] groups = at.Numbers("inertiagrouprange", 2, 2)
            ?? [before.InertiaGroupMin, before.InertiaGroupMax];
        return before with
        {
            Degrees = at.Word("angle", angle, "degree", "radian") == "degree",
            EulerSequence = sequence,
            AutoLimits = at.Flag("autolimits", before.AutoLimits),
            InertiaFromGeom =
                at.Word("inertiafromgeom", before.InertiaFromGeom, "auto", "true", "false"),
            InertiaGroupMin = (int)groups[0],
            InertiaGroupMax = (int)groups[1],
            BoundMass = at.NotNegative("boundmass", before.BoundMass),
            BoundInertia = at.NotNegative("boundinertia", before.BoundInertia),
            BalanceInertia = at.Flag("balanceinertia", before.BalanceInertia),
            TotalMass = at.Number("settotalmass", before.TotalMass),
            StripPath = at.Flag("strippath", before.StripPath),
            DiscardVisual = at.Flag("discardvisual", before.DiscardVisual),
            FuseStatic = at.Flag("fusestatic", before.FuseStatic),
            AlignFree = at.Flag("alignfree", before.AlignFree),
            MeshFolder = at.Text("meshdir") ?? at.Text("assetdir") ?? before.MeshFolder,
        };
    }
}
