using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Changes that the compiler section asks for once the tree is read.</summary>
internal static class TreeEdits
{
    /// <summary>
    /// Moves the frame of each body that is alone on a free joint to its inertial frame (alignfree
    /// and align).
    /// </summary>
    public static void AlignFree(BodyDraft world, bool byDefault)
    {
        foreach (BodyDraft body in world.Children)
        {
            if (body.Children.Count == 0
                && body.Joints is [{ Joint.Type: JointType.Free } joint]
                && (joint.Aligned ?? byDefault))
            {
                Align(body);
            }
        }
    }

    /// <summary>
    /// Makes each body without joints a part of its parent, unless something names it (fusestatic).
    /// Its children take its place; its geoms and sites come after the parent's own.
    /// </summary>
    /// <param name="body">The tree.</param>
    /// <param name="named">Names of bodies that are referred to.</param>
    /// <param name="isWorld">Whether the body is the world, which has no mass.</param>
    public static void FuseStatic(BodyDraft body, IReadOnlySet<string> named, bool isWorld)
    {
        for (int i = 0; i < body.Children.Count;)
        {
            BodyDraft child = body.Children[i];
            if (child.Joints.Count > 0 || named.Contains(child.Name))
            {
                i++;
                continue;
            }

            Absorb(body, child, isWorld);
            body.Children.RemoveAt(i);
            body.Children.InsertRange(i, child.Children);
        }

        foreach (BodyDraft child in body.Children)
        {
            FuseStatic(child, named, isWorld: false);
        }
    }

    private static void Align(BodyDraft body)
    {
        if (body.Mass.Axes == default)
        {
            return;
        }

        var inertial = new Pose(body.Mass.Center, body.Mass.Axes);
        Move(body.Geoms, body.Sites, inertial.Inverse());
        body.Pose *= inertial;
        body.Mass = body.Mass.In(inertial.Inverse());
    }

    private static void Absorb(BodyDraft parent, BodyDraft child, bool parentIsWorld)
    {
        if (!parentIsWorld && child.Mass.Mass > 0)
        {
            MassProperties moved = child.Mass.In(child.Pose);
            parent.Mass = parent.Mass.Mass > 0
                ? MassProperties.Join([parent.Mass, moved]).AlongPrincipalAxes()
                : moved;
        }

        Move(child.Geoms, child.Sites, child.Pose);
        parent.Geoms.AddRange(child.Geoms);
        parent.Sites.AddRange(child.Sites);
        foreach (BodyDraft grandchild in child.Children)
        {
            grandchild.Pose = child.Pose * grandchild.Pose;
        }
    }

    private static void Move(List<GeomDraft> geoms, List<SiteDraft> sites, Pose pose)
    {
        for (int i = 0; i < geoms.Count; i++)
        {
            ModelGeom geom = geoms[i].Geom;
            Pose moved = pose * new Pose(geom.Position, geom.Orientation);
            geoms[i] = geoms[i] with
            {
                Geom = geom with { Position = moved.Position, Orientation = moved.Orientation },
            };
        }

        for (int i = 0; i < sites.Count; i++)
        {
            ModelSite site = sites[i].Site;
            Pose moved = pose * new Pose(site.Position, site.Orientation);
            sites[i] = sites[i] with
            {
                Site = site with { Position = moved.Position, Orientation = moved.Orientation },
            };
        }
    }
}
