using System.Xml.Linq;

namespace HilRig.Sim.Tests.Mjcf;

/// <summary>Breaks one thing of a model file.</summary>
internal static class ModelMutation
{
    public static string Apply(string text, Random random, string[] badValues)
    {
        XDocument document = XDocument.Parse(text);
        XElement[] elements = [.. document.Root!.DescendantsAndSelf()];
        XElement element = elements[random.Next(elements.Length)];
        XAttribute[] attributes = [.. element.Attributes()];
        switch (random.Next(8))
        {
            case 0 when element != document.Root:
                element.Remove();
                break;
            case 1 when element != document.Root:
                element.AddAfterSelf(new XElement(element));
                break;
            case 2:
                XElement other = elements[random.Next(elements.Length)];
                element.Add(new XElement(other));
                break;
            case 3 when attributes.Length > 0:
                attributes[random.Next(attributes.Length)].Remove();
                break;
            default:
                if (attributes.Length > 0)
                {
                    Spoil(attributes[random.Next(attributes.Length)], random, badValues);
                }

                break;
        }

        return document.ToString();
    }

    // A bad value in place of the whole or of one of its numbers.
    private static void Spoil(XAttribute attribute, Random random, string[] badValues)
    {
        string bad = badValues[random.Next(badValues.Length)];
        string[] parts = attribute.Value.Split(' ');
        parts[random.Next(parts.Length)] = bad;
        attribute.Value = random.Next(2) == 0 ? bad : string.Join(' ', parts);
    }
}
