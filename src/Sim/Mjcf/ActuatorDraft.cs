using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// An actuator's parameters while elements act on it, one after the other: those of its classes,
/// then its own. As in MuJoCo each element sets what its kind implies, so a class with a position
/// servo leaves its gains to a motor below it only as far as the motor does not set them. A damping
/// ratio stays a positive third bias until the mass matrix is known.
/// </summary>
internal sealed class ActuatorDraft
{
    private static readonly string[] Words =
        ["gaintype", "biastype", "dyntype", "ctrllimited", "forcelimited", "actlimited"];

    private readonly Dictionary<string, string> _words = [];

    public double[] Gain { get; } = [1, 0, 0];

    public double[] Bias { get; } = [0, 0, 0];

    public double[] Gear { get; } = [1, 0, 0, 0, 0, 0];

    public double TimeConstant { get; private set; } = 1;

    public double InheritRange { get; private set; }

    public int Group { get; private set; }

    public int ActivationCount { get; private set; } = -1;

    public bool ActivationEarly { get; private set; }

    public bool AffineGain => Of("gaintype", "fixed") == "affine";

    public bool AffineBias => Of("biastype", "none") == "affine";

    /// <summary>none, integrator, filter or filterexact.</summary>
    public string Dynamics => Of("dyntype", "none");

    public double[] ControlRange { get; } = [0, 0];

    public double[] ForceRange { get; } = [0, 0];

    public double[] ActivationRange { get; } = [0, 0];

    /// <summary>true, false or auto, of ctrllimited, forcelimited or actlimited.</summary>
    public string Limited(string attribute) => Of(attribute, "auto");

    /// <summary>Lets an element act.</summary>
    public void Apply(XElement element)
    {
        var at = new MjcfAttributes(element);
        ReadShared(at);
        switch (element.Name.LocalName)
        {
            case "motor":
                Gain[0] = 1;
                SetTypes("fixed", "none", "none");
                break;
            case "position" or "intvelocity":
                ApplyServo(at);
                break;
            case "velocity":
                Gain[0] = at.NotNegative("kv", Gain[0]);
                (Bias[0], Bias[1], Bias[2]) = (0, 0, -Gain[0]);
                SetTypes("fixed", "affine", "none");
                break;
            case "damper":
                ApplyDamper(at);
                break;
        }
    }

    private void ReadShared(MjcfAttributes at)
    {
        foreach (string word in Words.Where(at.Has))
        {
            _words[word] = word switch
            {
                "gaintype" => at.Word(word, "", "fixed", "affine"),
                "biastype" => at.Word(word, "", "none", "affine"),
                "dyntype" => at.Word(word, "", "none", "integrator", "filter", "filterexact"),
                _ => at.Word(word, "", "true", "false", "auto"),
            };
        }

        Take(at, "gainprm", Gain, 10);
        Take(at, "biasprm", Bias, 10);
        Take(at, "gear", Gear, 6);
        at.Numbers("ctrlrange", 2, 2)?.CopyTo(ControlRange, 0);
        at.Numbers("forcerange", 2, 2)?.CopyTo(ForceRange, 0);
        at.Numbers("actrange", 2, 2)?.CopyTo(ActivationRange, 0);
        TimeConstant = at.Numbers("dynprm", 1, 10)?[0] ?? TimeConstant;
        Group = at.Integer("group", Group);
        ActivationCount = at.Integer("actdim", ActivationCount);
        ActivationEarly = at.Flag("actearly", ActivationEarly);
        InheritRange = at.NotNegative("inheritrange", InheritRange);
    }

    private void ApplyServo(MjcfAttributes at)
    {
        if (at.Has("kv") && at.Has("dampratio"))
        {
            throw MjcfFault.At(at.Element, "kv and dampratio cannot both be given");
        }

        Gain[0] = at.NotNegative("kp", Gain[0]);
        Bias[1] = -Gain[0];
        if (at.Has("kv"))
        {
            Bias[2] = -at.NotNegative("kv", 0);
        }
        else if (at.Has("dampratio"))
        {
            Bias[2] = at.NotNegative("dampratio", 0);
        }

        if (at.Has("timeconst"))
        {
            TimeConstant = at.NotNegative("timeconst", 0);
            _words["dyntype"] = TimeConstant == 0 ? "none" : "filterexact";
        }

        _words["gaintype"] = "fixed";
        _words["biastype"] = "affine";
        bool integrates = at.Element.Name.LocalName == "intvelocity";
        if (integrates)
        {
            _words["dyntype"] = "integrator";
        }

        RefuseTwoRanges(at, "ctrlrange", ControlRange);
        if (integrates)
        {
            RefuseTwoRanges(at, "actrange", ActivationRange);
        }
    }

    private void RefuseTwoRanges(MjcfAttributes at, string name, double[] range)
    {
        if (InheritRange > 0 && range is not [0, 0])
        {
            throw MjcfFault.At(at.Element, $"{name} and inheritrange cannot both be given");
        }
    }

    private void ApplyDamper(MjcfAttributes at)
    {
        double kv = at.NotNegative("kv", AffineGain ? -Gain[2] : 0);
        (Gain[0], Gain[1], Gain[2]) = (0, 0, -kv);
        SetTypes("affine", "none", "none");
        _words["ctrllimited"] = "true";
        if (ControlRange.Any(end => end < 0))
        {
            throw MjcfFault.At(
                at.Element, "the ctrlrange of a damper is negative", "\"0 largest-damping\"");
        }
    }

    private void SetTypes(string gain, string bias, string dynamics)
    {
        _words["gaintype"] = gain;
        _words["biastype"] = bias;
        _words["dyntype"] = dynamics;
    }

    private string Of(string word, string fallback) => _words.GetValueOrDefault(word, fallback);

    // What lies beyond the parameters of fixed and affine types has no effect.
    private static void Take(MjcfAttributes at, string name, double[] target, int countMax)
    {
        double[] given = at.Numbers(name, 1, countMax) ?? [];
        given.AsSpan(0, Math.Min(given.Length, target.Length)).CopyTo(target);
    }
}
