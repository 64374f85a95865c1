using System.Globalization;
using System.Xml.Linq;
using HilRig.Core.Errors;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// The check that a file uses nothing but what <see cref="MjcfRules"/> lists: what is not simulated
/// must never be dropped in silence.
/// </summary>
internal static class MjcfVocabulary
{
    /// <summary>Whether the element has no effect on the motion.</summary>
    public static bool IsVisual(XElement element) =>
        MjcfRules.Visual.Contains(element.Name.LocalName);

    /// <summary>Checks an element and everything in it.</summary>
    /// <exception cref="ModelException">Something that is not known or not simulated.</exception>
    public static void Check(XElement element)
    {
        string name = element.Name.LocalName;
        if (IsVisual(element))
        {
            return;
        }

        if (MjcfRules.EmptyOnly.Contains(name))
        {
            if (element.Elements().FirstOrDefault() is { } content)
            {
                throw Unsupported(content, name + "/" + content.Name.LocalName);
            }

            return;
        }

        if (MjcfRules.Find(element) is not { } rule)
        {
            // The parent's list of children decides; only parts of ignored elements come here.
            return;
        }

        CheckAttributes(element, rule);
        foreach (XElement child in element.Elements())
        {
            if (!rule.Children.Contains(child.Name.LocalName))
            {
                throw Unsupported(child, child.Name.LocalName);
            }

            Check(child);
        }
    }

    private static void CheckAttributes(XElement element, ElementRule rule)
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            string name = attribute.Name.LocalName;
            if (rule.Read.Contains(name) || rule.Ignored.Contains(name)
                || attribute.IsNamespaceDeclaration)
            {
                continue;
            }

            if (!rule.Neutral.TryGetValue(name, out string? harmless))
            {
                throw MjcfFault.At(
                    attribute,
                    $"unknown attribute '{name}'",
                    "one of " + string.Join(", ", rule.Read.Order()));
            }

            if (!IsHarmless(attribute.Value, harmless))
            {
                throw MjcfFault.At(
                    attribute,
                    $"attribute '{name}' is not simulated yet",
                    $"{name}=\"{harmless}\" or no such attribute",
                    "remove it, or run this model in MuJoCo");
            }
        }
    }

    private static bool IsHarmless(string value, string harmless)
    {
        string[] parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.All(part => part == harmless
            || (double.TryParse(part, CultureInfo.InvariantCulture, out double number)
                && double.TryParse(harmless, CultureInfo.InvariantCulture, out double wanted)
                && number == wanted));
    }

    private static ModelException Unsupported(XElement element, string name) =>
        MjcfFault.At(
            element,
            $"element '{name}' is not supported here",
            remedy: element.Parent?.Name.LocalName == "sensor"
                ? "remove it, or pass --skip-sensors (MjcfOptions.SkipSensors)"
                : "remove it; docs/mjcf.md lists what is simulated");
}
